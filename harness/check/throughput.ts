import type { PhaseRecord } from '../model/index.ts';
import type { Replayed } from './load.ts';
import { rampPhase } from './phases.ts';
import { ascending } from './quantile.ts';

/** Long enough that one stall and its burst do not decide, short enough to lie within the overloaded end of a quick ramp. */
const windowMs = 1500;

/**
 * The most good answers per second over 1.5 s of the ramp: what the stack delivers while more is asked of it than it can bear. It does
 * not hang on one late answer as the capacity does, so it is what two runs are compared by. Null where there was no ramp.
 */
export const saturatedPerSecond = (phases: readonly PhaseRecord[], replayed: readonly Replayed[]): number | null => {
  const ramp = phases.find(({ id }) => id === rampPhase);
  if (ramp === undefined) return null;
  const ends = ascending(
    replayed.flatMap(({ phase, ok, request: { endMs } }) => (phase === ramp && ok && endMs !== null ? [endMs] : [])),
  );
  let most = 0;
  for (let first = 0, last = 0; last < ends.length; last += 1) {
    while ((ends[last] ?? 0) - (ends[first] ?? 0) >= windowMs) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return Math.round((most * 1e5) / windowMs) / 100;
};
