/** Columns and colours of a terminal, for other tables than the scoreboard. */
export { align, cut, width, wrap } from './columns.ts';
export { painter, signOf, styleOf } from './paint.ts';
export type { Paint, Style } from './paint.ts';
