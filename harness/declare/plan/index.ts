/** Plans: read, validated, and checked against what they name, before anything is started. */
export { featuresOfPlan } from './features.ts';
export { openLadder, plannedMs } from './ladder.ts';
export type { Rung } from './ladder.ts';
export { openPlan, readPlan } from './read.ts';
export type { OpenedPlan } from './read.ts';
export { matchesSome, selects } from './select.ts';
export { wants, wantsForm } from './wants.ts';
export { onStack } from './on-stack.ts';
