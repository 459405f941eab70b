/**
 * From a history to verdicts: pure, no clock, no randomness, no files. The witness decides what was admitted, the twin whether a
 * refusal counts, and whatever the evidence does not say is unknown. Anybody can run it again on a stored history.
 */
export { bound95, regularisedBeta } from './bound.ts';
export { check } from './check.ts';
export type { Finding } from './check.ts';
export type { Judged } from './judge.ts';
export { seconds, visible } from './excerpt.ts';
export { breaks, groupBy } from './counts.ts';
export { whyDeaf } from './deaf.ts';
export { gather } from './gather.ts';
export { binOfLatency, histogramScale } from './latency-blocks.ts';
export { perView } from './per-view.ts';
export { rampPhase } from './phases.ts';
export { placesOfLink } from './places.ts';
export { nearMs } from './twins.ts';
export { buildReport, serialiseReport } from './report.ts';
