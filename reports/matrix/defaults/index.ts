/** `docs/defaults.md`: what products leave open as they ship, written from a measured matrix and its reports, never by hand. */
export { command, defaultsPage } from './page.ts';
export { readProducts } from './read.ts';
export type { ShippedProduct } from './product.ts';
