/**
 * The tap (M17): captures of every mesh link, taken from before the first request to after the last, the clear requests that are
 * planted in them as a control, and the offline analysis that classifies each packet.
 */
export { analyseFiles, analyseLink, outsidePhases } from './analyse/index.ts';
export type { Identify, LinkAnalysis, TapContext, TapFindings, TapPhase } from './analyse/index.ts';
export type { TapFile } from './tap-file.ts';
export { startTaps } from './taps.ts';
export type { Taps, TapsSpec } from './taps.ts';
