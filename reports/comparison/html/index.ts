/** A comparison as one page that needs nothing else: verdict and reasons, the lines with their intervals, both timelines on one axis, causes. */
export { page, pageAssets } from './page.ts';
