/** Carrying out what the schedule says is done to the stack: an action's `run.ts` is readied, applied, undone, and seen to have acted. */
export { changedFiles, writeMounted } from './mounted.ts';
export { operate } from './operate.ts';
export { readyActions } from './ready.ts';
export { lossRecords, opRecords, seenRecords } from './records.ts';
export type { ReadyActions } from './ready.ts';
export type { Acting, Brought, Operated, OperationHost, RawSeen, Runner } from './runner.ts';
