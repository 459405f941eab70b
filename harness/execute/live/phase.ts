import type { PhaseSlot } from '../../model/index.ts';
import type { LiveState } from './state.ts';

/** Where a time, ms from the segment's origin, lies in the segment's phases; between and around them it has a name as well. */
export const phaseNow = (
  phases: readonly PhaseSlot[],
  elapsedMs: number,
): Pick<LiveState, 'phase' | 'phaseElapsedMs' | 'phaseMs'> => {
  const next = phases.find(({ endMs }) => elapsedMs < endMs);
  if (next === undefined) return { phase: 'last answers', phaseElapsedMs: elapsedMs - lastEnd(phases), phaseMs: null };
  const { id, startMs, endMs } = next;
  if (elapsedMs >= startMs) return { phase: id, phaseElapsedMs: elapsedMs - startMs, phaseMs: endMs - startMs };
  return { phase: 'warm-up', phaseElapsedMs: Math.max(0, elapsedMs), phaseMs: startMs };
};

/** When the last phase ends, ms from the segment's origin. */
export const lastEnd = (phases: readonly PhaseSlot[]): number => Math.max(0, ...phases.map(({ endMs }) => endMs));
