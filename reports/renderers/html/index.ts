/** Any document as one page that needs nothing but itself: one stylesheet, and scripts only where a block needs them. */
export { htmlPage, pageAssets } from './page.ts';
export type { Asset } from './shell.ts';
