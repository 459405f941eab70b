/** The parts of the page that other pages of Holdfast are made of as well: safe markup, signs and badges, diffs, the document with the policy of what may act. */
export { badge, sign, tone } from './badges.ts';
export { diffBlock } from './diff.ts';
export { htmlDocument, needAssets } from './document.ts';
export type { Page } from './document.ts';
export { dataBlock, lines, markup, raw, slug } from './markup.ts';
export type { Child, Html } from './markup.ts';
