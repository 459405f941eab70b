/**
 * From an incident back to the stack that let it happen: the bundle that holds everything, the part of the schedule that led to it,
 * and how that part is made smaller while it still fails. Pure; what runs it is in cli/run.
 */
export { bundlesOf } from './build.ts';
export type { FinishedRun } from './build.ts';
export { bundleSchema } from './bundle.ts';
export type { Bundle, Part } from './bundle.ts';
export { cutSegment, leavesTrace, lengthOf, requestsIn } from './cut.ts';
export { ddmin } from './ddmin.ts';
export { differencesOf } from './differences.ts';
export type { Difference } from './differences.ts';
export { interval95 } from './interval.ts';
export { latestStarts, narrow, nothingCut, partToHold } from './narrow.ts';
export type { Cut } from './narrow.ts';
export { outcomeOf } from './outcome.ts';
export type { Outcome } from './outcome.ts';
export { planOfPart } from './plan.ts';
export type { OlderHand, OlderParts } from './older.ts';
export { parseBundle, parseSchedule, serialiseBundle } from './read.ts';
export { regressName, regressPlan } from './regress.ts';
export { describePart, shrink } from './shrink.ts';
export type { Shrunk, TrialOutcome } from './shrink.ts';
