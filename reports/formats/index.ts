/** The contract of a format. The formats themselves are the folders beside this file, discovered by `reports/discover.ts`. */
export type { Format, RenderContext } from './format.ts';
