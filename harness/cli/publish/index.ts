/**
 * What a CI job shows and keeps of a night: each run in every format, what changed since its baseline, one summary, and one exit code.
 * It reads folders of runs and starts nothing, so the jobs of different services differ in a few lines only.
 */
export { readNight } from './night.ts';
export type { Night, NightRun } from './night.ts';
export { compareRun, keepRun, keptName } from './compared.ts';
export type { Compared } from './compared.ts';
export { exitOfNight } from './exit.ts';
export { outputsOf } from './outputs.ts';
export { junitOfNight } from './junit.ts';
export { summaryOf } from './summary.ts';
export { withoutGone } from './without-gone.ts';
