/**
 * The history on disk: `history.ndjson.gz`, gzip members one after another (`zcat` reads it), each one block whose first line
 * names the SHA-256 of the block before it. What was written cannot be edited, reordered or cut short without a block that
 * no longer fits; the reader says which. Kept apart from the collectors, so that `check` and `verify` need nothing else.
 */
export { decodeHistory, readHistory } from './read.ts';
export { encodeHistory, writeHistory } from './write.ts';
