import { perSecond, ratio } from '../model/index.ts';
import type { CapacityPlan, CapacityRecord, LegitRecord, PerSecond, Plan, Ratio } from '../model/index.ts';
import { throughputAtSaturation } from './saturation.ts';
import { stepRates } from './segments.ts';

/** What the measurement needs of a replayed request; times in ms from the ramp's origin. */
export type RampResult = Pick<LegitRecord, 'dueMs' | 'sentMs' | 'endMs' | 'status' | 'error'>;

/** The share of the scheduled arrivals to keep for a capacity, and the rate at the peak that this gives. */
export const keepFor = (
  { load }: Plan,
  capacityPerSecond: number,
): { readonly keep: Ratio; readonly peakPerSecond: PerSecond; readonly clamped: boolean } => {
  const wanted = load.peak * capacityPerSecond;
  return {
    keep: ratio(Math.min(1, wanted / load.ceilingPerSecond)),
    peakPerSecond: perSecond(Math.min(wanted, load.ceilingPerSecond)),
    clamped: wanted > load.ceilingPerSecond,
  };
};

/**
 * The capacity that the ramp measured: the most good answers per second over 1.5 s of it, while the ramp asks for more than the stack
 * can bear. Single late answers do not decide it, as they decide whether a step was sustained; a ramp without one good answer gives 0.
 * A plan that fixes the rate is taken at its word (`results` is not read). `clamped` also where the ramp did not break (see `breakOf`):
 * the stack may bear more.
 */
export const capacityOf = (plan: Plan, results: readonly RampResult[]): CapacityRecord => {
  const { capacity, timeoutMs } = plan.load;
  if (!('steps' in capacity)) {
    const { peakPerSecond, clamped } = keepFor(plan, capacity.fixedPerSecond);
    return { type: 'capacity', perSecond: capacity.fixedPerSecond, measured: false, clamped, peakPerSecond, steps: [] };
  }
  const steps = stepRates(capacity).map((perSecond, i) => {
    const own = results.filter(({ dueMs }) => stepAt(capacity, dueMs) === i);
    const dropped = own.filter(({ sentMs }) => sentMs === null).length;
    const failed = own.filter(({ sentMs, status }) => sentMs !== null && !succeeded(status)).length;
    const latencyP99Ms = percentile99(own.map((result) => latencyOf(result, timeoutMs)));
    const lost = own.length === 0 ? 1 : (failed + dropped) / own.length;
    const sustained = lost <= capacity.failShare && latencyP99Ms <= capacity.latencyP99Ms;
    return { perSecond, intended: own.length, failed, dropped, latencyP99Ms, sustained };
  });
  const perSecond = throughputAtSaturation(
    results.flatMap(({ dueMs, endMs, status }) =>
      dueMs >= capacity.warmUpMs && succeeded(status) && endMs !== null ? [endMs] : [],
    ),
  );
  const { peakPerSecond, clamped } = keepFor(plan, perSecond);
  return {
    type: 'capacity',
    perSecond,
    measured: true,
    clamped: clamped || breakOf(steps) === -1,
    peakPerSecond,
    steps,
  };
};

/**
 * The step at which a ramp broke, or -1. It breaks at the first of two steps in a row that were not sustained, or at the last
 * step. The rate only rises, so saturation stays: one bad step that the next one outlives was a hiccup, and several at the
 * beginning, before any good one, that two faster steps in a row outlive were a cold start, not the stack's limit. Once a step was
 * sustained there is no such excuse: a stack that falters at one rate and recovers at a higher one has its limit at the lower.
 */
export const breakOf = (steps: readonly { readonly sustained: boolean }[]): number => {
  const good = (i: number): boolean => steps[i]?.sustained === true;
  const warm = steps.findIndex((_, i) => good(i));
  const coldStart = (i: number): boolean => i < warm && steps.some((_, j) => j > i && good(j) && good(j + 1));
  const outlived = (i: number): boolean => good(i + 1) || coldStart(i);
  return steps.findIndex((_, i) => !good(i) && !outlived(i));
};

/** The step in which an arrival is due; negative in the warm-up. */
const stepAt = ({ warmUpMs, stepMs, steps }: CapacityPlan, dueMs: number): number =>
  Math.min(Math.floor((dueMs - warmUpMs) / stepMs), steps - 1);

const succeeded = (status: number | null): boolean => status !== null && status >= 200 && status < 300;

/** From the intended time; what was dropped or got no answer counts as at least the time-out. */
const latencyOf = ({ dueMs, endMs, status }: RampResult, timeoutMs: number): number => {
  const measured = endMs === null ? 0 : endMs - dueMs;
  return status === null ? Math.max(measured, timeoutMs) : measured;
};

/** Nearest-rank 99th percentile; 0 of nothing. */
const percentile99 = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * 0.99) - 1)] ?? 0;
};
