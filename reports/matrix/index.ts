/**
 * The matrix: what one plan came to on several stacks, a row each, judged against what is expected of the stack. Made from
 * reports, and shown as a page, as Markdown, as JSON and in a terminal.
 */
export { buildMatrix, serialiseMatrix } from './build.ts';
export type { MatrixEntry, MatrixHead } from './entry.ts';
export { readMatrix } from './read.ts';
export { renderMatrix } from './render.ts';
export { matrixSchema } from './schema.ts';
export type { Matrix, MatrixRow, MatrixTrim } from './schema.ts';
export { unexpectedLines } from './text.ts';
