import { onStack } from '../declare/plan/index.ts';
import { hopsOf } from '../declare/stack/index.ts';
import { canonical } from '../model/index.ts';
import type {
  AdminEndpoint,
  Attack,
  AttackMeta,
  Kinds,
  Place,
  Plan,
  Policy,
  Schedule,
  Stack,
  Trace,
} from '../model/index.ts';
import { selectAttacks } from './attacks.ts';
import { withCanaries } from './canaries.ts';
import { layOutActions } from './actions.ts';
import type { Configured, Requested } from './actions.ts';
import { expectKnown } from './known.ts';
import { routeSlots } from './routes.ts';
import { mainSegment, rampSegment } from './segments.ts';

/** What a schedule is made from. `only`: a glob over attack ids and names that narrows the plan, or null. */
export type ScheduleInput = {
  readonly plan: Plan;
  readonly stack: Stack;
  readonly policy: Policy;
  readonly trace: Trace;
  readonly attacks: Iterable<{ readonly meta: AttackMeta; readonly attack: Attack }>;
  /** The admin endpoints of all products, which attacks ask for. */
  readonly endpoints: readonly AdminEndpoint[];
  readonly seed: string;
  readonly only: string | null;
  readonly kinds: Pick<Kinds, 'actions' | 'evidence' | 'senders'>;
  /** The configuration as mounted, and what another policy would make of it. */
  readonly configured: Configured;
  /** Where the plan's actions stand in its file, by phase and number. */
  readonly actionPlaces?: readonly (readonly Place[])[];
  /** What is asked for beside the plan, as by a sabotage. */
  readonly requested?: readonly Requested[];
};

/**
 * Resolves a plan with a seed. Pure: the same input gives the same bytes (`serialise`) on any machine. An attack that the
 * plan requires and that does not run (`only`, not applicable) is listed without attempts.
 * Throws `bad-input` where the plan's routes do not fit the policy, or an attack's twin is not replayed.
 */
export const schedule = (given: ScheduleInput): Schedule => {
  const { policy, trace, attacks, endpoints, seed, only, kinds } = given;
  const { plan, stack } = onStack(given.plan, given.stack);
  const hops = hopsOf(stack);
  const { services } = stack.app;
  const routes = routeSlots(plan, policy, services);
  const selected = selectAttacks(plan, { stack, policy, hops, endpoints }, attacks, only, seed);
  expectKnown(selected, kinds);
  const { operations, configurations } = layOutActions({ ...given, plan, stack });
  const ingredients = { plan, services, policy, hops, kinds, operations, trace, routes, attacks: selected, seed };
  const ramp = rampSegment(ingredients);
  return {
    version: 2,
    seed,
    routes,
    attacks: selected.map(({ id, required, forms }) => ({ id, required, forms })),
    configurations,
    capacity: ramp && withCanaries(ramp, kinds, hops),
    main: withCanaries(mainSegment(ingredients), kinds, hops),
  };
};

/** The bytes of a schedule: JSON with sorted keys, independent of how it was built. */
export const serialise = (value: Schedule): string => `${canonical(value)}\n`;
