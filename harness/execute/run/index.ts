/** One run from a schedule to raw results: the only place where stack, load, attacks, interceptions and taps meet. */
export { executeRun, renderDeclared } from './execute.ts';
export type { ExecuteInputs } from './execute.ts';
export type { Held, HeldMember } from './hold.ts';
export { newRunId } from './id.ts';
export type { RawRun, RawSegment } from './raw.ts';
