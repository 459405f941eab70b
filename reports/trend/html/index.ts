/** A trend as one page without scripts: strips of nights, series, attacks night by night, incidents, changes, and all of it in tables. */
export { trendAssets, trendPage } from './page.ts';
