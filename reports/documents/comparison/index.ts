/** A comparison as documents: as a page with everything, and in short. */
export { comparisonBrief } from './brief.ts';
export { comparisonPage } from './page.ts';
