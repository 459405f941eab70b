import { reason } from '../model/index.ts';
import type { Reason } from '../model/index.ts';
import { breakOf } from '../schedule/index.ts';
import type { Gathered } from './gather.ts';
import { rampPhase } from './phases.ts';
import { ascending, quantile } from './quantile.ts';

/** At a step that the stack did not bear its answers take long; where they take less than this share of the bound, it was not the stack. */
const shareOfBound = 0.5;

/**
 * Why the ramp measured the load generator and not the stack; null where it did not. The ramp broke at a step whose requests,
 * from the time when they were sent, were answered soon and well: they were sent late, or not at all. The capacity, and the
 * spike that is a share of it, would be the generator's own.
 */
export const faultOfRamp = ({ run, capacity, phases, legit }: Gathered): Reason | null => {
  const ramp = phases.find(({ id }) => id === rampPhase);
  const wanted = run.plan.load.capacity;
  if (capacity === null || !capacity.measured || ramp === undefined || !('steps' in wanted)) return null;
  const { steps } = capacity;
  const broken = breakOf(steps);
  const step = steps[broken];
  if (step === undefined) return null;
  const fromMs = ramp.endMs - (steps.length - broken) * wanted.stepMs;
  const toMs = fromMs + wanted.stepMs;
  const sent = legit.filter(({ dueMs, sentMs }) => sentMs !== null && dueMs >= fromMs && dueMs < toMs);
  const took = sent.flatMap(({ sentMs, endMs }) => (sentMs === null || endMs === null ? [] : [endMs - sentMs]));
  const p99 = quantile(ascending(took), 0.99);
  if (step.failed > step.intended * wanted.failShare) return null;
  if (p99 !== null && p99 > wanted.latencyP99Ms * shareOfBound) return null;
  return reason('generator-ended-ramp', {
    perSecond: Math.round(step.perSecond),
    dropped: step.dropped,
    intended: step.intended,
    answeredWithinMs: Math.round(p99 ?? 0),
  });
};
