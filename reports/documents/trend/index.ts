/** Many nights as documents: as a page with everything, and in short. */
export { trendBrief } from './brief.ts';
export { trendPage } from './page.ts';
