/** The parts of the page that other pages of Holdfast are made of as well: safe markup, signs and badges, the policy of what may act. */
export { badge, sign, tone } from './badges.ts';
export { markup, raw, slug } from './markup.ts';
export type { Child, Html } from './markup.ts';
