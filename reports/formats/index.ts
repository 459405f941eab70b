/** The contract of a format. The formats themselves are the folders beside this file, discovered by `reports/discover.ts`. */
export type { Asset, Format, RenderContext } from './format.ts';
