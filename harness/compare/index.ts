/**
 * What changed between two runs, and whether it is a regression, an improvement, noise, or not comparable and why. Pure: it reads
 * postures, the comparable parts of reports, and a gate. An admission is a fact; counts are compared exactly; rates and latencies by
 * what runs of the same differ by, for the samples of one run alone say too little of that.
 */
export { versionOf } from './context.ts';
export { sameMemory, samePeak } from './comparable.ts';
export { compare, reasonOfLine } from './compare.ts';
export type { GivenGate } from './compare.ts';
export type { SideInput } from './input.ts';
export { postureOf, ratesOf } from './posture.ts';
