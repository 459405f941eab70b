/**
 * Two reports made by code, not by a run: one that holds and one that is broken in three places. They are the test data of
 * the formats and the schema, and let a format be looked at without containers.
 */
export { brokenReport } from './broken.ts';
export { soundReport } from './sound.ts';
