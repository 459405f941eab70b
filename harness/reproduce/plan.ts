import type { Plan } from '../model/index.ts';
import type { Bundle, Part } from './bundle.ts';
import { lengthOf } from './cut.ts';

/**
 * The plan that a part of a schedule answers to: the recorded one with the phases of the part, its attacks alone, no ramp, and a
 * given capacity at which every arrival of the part is kept. Bounds and limits stay as they were.
 */
export const planOfPart = ({ plan }: Bundle, { schedule }: Part): Plan => {
  const { main } = schedule;
  const meanPerSecond = (main.arrivals.length * 1000) / Math.max(1, lengthOf(main));
  const fixedPerSecond = main.arrivals.length === 0 ? 1 : meanPerSecond / plan.load.peak;
  return {
    ...plan,
    load: { ...plan.load, ceilingPerSecond: plan.load.peak * fixedPerSecond, capacity: { fixedPerSecond } },
    phases: main.phases.map(({ id, startMs, endMs }) => {
      const known = plan.phases.find((phase) => phase.id === id);
      return { ...(known ?? { trace: plan.phases[0]!.trace }), id, durationMs: endMs - startMs };
    }),
    attacks: schedule.attacks.map(({ id }) => id),
  };
};
