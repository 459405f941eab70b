/** Offline reading of a capture: pcap, frames, TCP streams, TLS records. Pure over bytes; only `analyseFiles` reads from disk. */
export { analyseFiles } from './files.ts';
export { analyseLink } from './analyse.ts';
export type { LinkAnalysis, TapContext, TapFindings } from './analyse.ts';
export type { Identify } from './clear.ts';
export { outsidePhases } from './ledger.ts';
export type { TapPhase } from './ledger.ts';
