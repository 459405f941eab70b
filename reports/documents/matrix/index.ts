/** A matrix as documents: as a page with everything, and in short. */
export { matrixBrief } from './brief.ts';
export { matrixPage } from './page.ts';
