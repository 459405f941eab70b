/**
 * From a plan and a seed to every arrival, attempt, twin and window with its intended time: pure, so that a run can be
 * planned again to the byte on any machine.
 */
export { attackRecords, formRecord } from './attack-records.ts';
export type { Configured, Requested } from './actions.ts';
export { withCanaries } from './canaries.ts';
export { materialise } from './arrivals.ts';
export { breakOf, capacityOf, keepFor } from './capacity.ts';
export { throughputAtSaturation } from './saturation.ts';
export type { RampResult } from './capacity.ts';
export { randomStream } from './random.ts';
export { expectKnown } from './known.ts';
export { attemptsFor, boundOf } from './required.ts';
export { schedule, serialise } from './schedule.ts';
export type { ScheduleInput } from './schedule.ts';
