/**
 * The load generator: k6, in a container, replaying the schedule's arrivals open-loop and recording for each one when it was
 * due, when it was sent and when it was answered.
 */
export type { LoadInput } from './input.ts';
export type { RawLegit } from './results.ts';
export { startLoad } from './start.ts';
export type { Load, LoadOptions } from './start.ts';
