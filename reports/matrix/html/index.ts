/** The matrix as one page that needs nothing else. */
export { page } from './page.ts';
