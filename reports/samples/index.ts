/**
 * Two reports that `check` made of histories that were answered by code, not by a stack: one that holds and one that is broken in
 * some places. They are the test data of the formats and the schema, and let a format be looked at without containers.
 */
export { brokenReport } from './broken.ts';
export { soundReport } from './sound.ts';
