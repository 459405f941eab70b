import { onStack } from '../declare/plan/index.ts';
import { hopsOf } from '../declare/stack/index.ts';
import type { Attack, AttackMeta, Plan, Policy, Schedule, Stack, Trace } from '../model/index.ts';
import { selectAttacks } from './attacks.ts';
import { canonical } from './canonical.ts';
import { routeSlots } from './routes.ts';
import { mainSegment, rampSegment } from './segments.ts';

/** What a schedule is made from. `only`: a glob over attack ids and names that narrows the plan, or null. */
export type ScheduleInput = {
  readonly plan: Plan;
  readonly stack: Stack;
  readonly policy: Policy;
  readonly trace: Trace;
  readonly attacks: Iterable<{ readonly meta: AttackMeta; readonly attack: Attack }>;
  readonly seed: string;
  readonly only: string | null;
};

/**
 * Resolves a plan with a seed. Pure: the same input gives the same bytes (`serialise`) on any machine. An attack that the
 * plan requires and that does not run (`only`, not applicable) is listed without attempts.
 * Throws `bad-input` where the plan's routes do not fit the policy, or an attack's twin is not replayed.
 */
export const schedule = ({ policy, trace, attacks, seed, only, ...given }: ScheduleInput): Schedule => {
  const { plan, stack } = onStack(given.plan, given.stack);
  const routes = routeSlots(plan, policy, stack.app.services);
  const selected = selectAttacks(plan, { stack, policy, hops: hopsOf(stack) }, attacks, only, seed);
  const ingredients = { plan, services: stack.app.services, policy, trace, routes, attacks: selected, seed };
  return {
    version: 1,
    seed,
    routes,
    attacks: selected.map(({ id, required, forms }) => ({ id, required, forms })),
    capacity: rampSegment(ingredients),
    main: mainSegment(ingredients),
  };
};

/** The bytes of a schedule: JSON with sorted keys, independent of how it was built. */
export const serialise = (value: Schedule): string => `${canonical(value)}\n`;
