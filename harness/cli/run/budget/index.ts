/**
 * A night with a budget: what each plan takes on a stack, learnt from the runs before, and which plan there is time for. All of it
 * is a function of the times that it is given.
 */
export { durationText, parseDuration } from './duration.ts';
export { estimateMs } from './estimate.ts';
export type { Seen } from './estimate.ts';
export { openNight } from './night.ts';
export type { Choice, Night } from './night.ts';
export { trim } from './trim.ts';
