/** What the commands that execute runs share: from a declaration to a finished, signed folder. */
export { declareAndSchedule } from './declare.ts';
export { discardRunFolder, finishRun, makeRunFolder, writeFiles } from './finish.ts';
export { handLabel } from './hand-label.ts';
export { performRun } from './perform.ts';
export type { Performed } from './perform.ts';
export { readSabotageSummary, sabotageDigest, sabotageFile } from './sabotage-summary.ts';
export type { SabotageResults } from './sabotage-summary.ts';
export { stackNamed } from './stack-named.ts';
