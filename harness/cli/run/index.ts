/** What the commands that execute runs share: from a declaration to a finished, signed folder. */
export { asksForSeveral, collect, stacksNamed } from './choose-stacks.ts';
export { chooseSabotages } from './choose-sabotages.ts';
export { declareAndSchedule } from './declare.ts';
export { describeSabotages, summariseSabotages } from './describe-sabotages.ts';
export type { MeasuredStack } from './describe-sabotages.ts';
export { exitOfMatrix } from './exit-of-matrix.ts';
export { discardRunFolder, finishRun, makeRunFolder } from './finish.ts';
export { handLabel } from './hand-label.ts';
export { harnessVersion } from './harness-version.ts';
export { measureSabotages } from './measure-sabotages.ts';
export { performRun } from './perform.ts';
export type { Performed } from './perform.ts';
export { readSabotageSummary, sabotageDigest, sabotageFile } from './sabotage-summary.ts';
export type { SabotageResults } from './sabotage-summary.ts';
export { runSeveral } from './several.ts';
export { stackNamed } from './stack-named.ts';
export { writeFiles } from './write-files.ts';
