/** Many nights read from a folder, and shown as a page, as JSON, and in a terminal. */
export { readNights } from './read.ts';
export { renderTrend, trendFormats } from './render.ts';
