/**
 * From a history to verdicts: pure, no clock, no randomness, no files. The witness decides what was admitted, the twin whether a
 * refusal counts, and whatever the evidence does not say is unknown. Anybody can run it again on a stored history.
 */
export { bound95, regularisedBeta } from './bound.ts';
export { check } from './check.ts';
export type { Finding } from './check.ts';
export type { Judged } from './attempt.ts';
export { visible } from './excerpt.ts';
export { binOfLatency, histogramScale } from './latency-blocks.ts';
export { rampPhase } from './phases.ts';
export { buildReport, serialiseReport } from './report.ts';
