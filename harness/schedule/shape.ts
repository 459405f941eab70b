import type { Plan, Trace } from '../model/index.ts';
import type { PhaseSlot } from '../model/index.ts';

/** Length of a bin: the resolution to which the replay follows the trace. */
const binMs = 500;

/** A bin of the compressed trace: `level` is its rate as a share of the busiest bin's. */
export type Bin = { readonly startMs: number; readonly endMs: number; readonly level: number };

/** The phases of a plan one after another, from the origin. */
export const phaseSlots = (plan: Plan): readonly PhaseSlot[] => {
  let at = 0;
  return plan.phases.map(({ id, durationMs }) => ({ id, startMs: at, endMs: (at += durationMs) }));
};

/**
 * The shape of the load: the trace's own rate, in requests per second of its recording, averaged over each bin and divided
 * by the largest. So phases that are compressed differently keep the proportion that they had when they were recorded.
 */
export const shapeOf = (plan: Plan, trace: Trace): readonly Bin[] => {
  const bins = phaseSlots(plan).flatMap(({ startMs, endMs }, i) => {
    const { fromS, toS } = plan.phases[i]!.trace;
    const count = Math.max(1, Math.round((endMs - startMs) / binMs));
    const width = (endMs - startMs) / count;
    const seconds = (toS - fromS) / count;
    return Array.from({ length: count }, (_, k) => ({
      startMs: startMs + k * width,
      endMs: startMs + (k + 1) * width,
      level: meanRate(trace.perSecond, fromS + k * seconds, fromS + (k + 1) * seconds),
    }));
  });
  const largest = bins.reduce((max, { level }) => Math.max(max, level), 0);
  return bins.map((bin) => ({ ...bin, level: bin.level / largest }));
};

/** Mean requests per second between two instants, which may lie within a second. */
const meanRate = (perSecond: readonly number[], from: number, to: number): number => {
  let requests = 0;
  for (let second = Math.floor(from); second < to; second++) {
    const covered = Math.min(to, second + 1) - Math.max(from, second);
    requests += covered * (perSecond[second] ?? 0);
  }
  return requests / (to - from);
};
