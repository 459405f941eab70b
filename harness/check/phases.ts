import type { PhaseRecord } from '../model/index.ts';

/** The phase of the ramp that measures the capacity: it saturates the stack on purpose, and is no part of the load figures. */
export const rampPhase = 'capacity';

/** The phase at a time, the end of a phase belonging to the next one, but for the last; null between phases. */
export const phaseAt = (phases: readonly PhaseRecord[], atMs: number): PhaseRecord | null => {
  for (const phase of phases) if (atMs >= phase.startMs && atMs < phase.endMs) return phase;
  const last = phases.at(-1);
  return last !== undefined && atMs === last.endMs ? last : null;
};
