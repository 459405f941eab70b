import type { PhaseRecord } from '../model/index.ts';
import { throughputAtSaturation } from '../schedule/index.ts';
import type { Replayed } from './load.ts';
import { rampPhase } from './phases.ts';

/** What the stack delivered in the ramp while more was asked of it than it can bear. Null where there was no ramp. */
export const saturatedPerSecond = (phases: readonly PhaseRecord[], replayed: readonly Replayed[]): number | null => {
  const ramp = phases.find(({ id }) => id === rampPhase);
  if (ramp === undefined) return null;
  return throughputAtSaturation(
    replayed.flatMap(({ phase, ok, request: { endMs } }) => (phase === ramp && ok && endMs !== null ? [endMs] : [])),
  );
};
