/**
 * What changed between two sides, shown to people and machines: a terminal, a pull request, a page, JSON. The judgement itself is
 * made in harness/compare; here it is only put into words.
 */
export { parseComparison, serialiseComparison } from './read.ts';
export { comparisonFormats, renderComparison } from './render.ts';
export { renderComparisons } from './several.ts';
export type { SeveralComparisons } from './several.ts';
export { quietText, summaryText } from './text.ts';
