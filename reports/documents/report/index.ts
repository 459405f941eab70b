/** A run as documents: as a page with everything, and in short. */
export { reportBrief } from './brief.ts';
export { reportPage } from './page.ts';
