import { HoldfastError, actionOf, askDisturbs, placeOfHop, placesPassed, touching } from '../model/index.ts';
import type {
  AppService,
  Disturbance,
  Form,
  Hop,
  Kinds,
  Operation,
  PhaseSlot,
  Policy,
  RouteSlot,
  Send,
} from '../model/index.ts';
import { hopsOfRequest, servicesOn } from '../policy/index.ts';
import type { Interval } from './time.ts';

/** Clearance on either side of what attempts are scheduled around: it takes time to do it, and to undo it. */
export const clearanceMs = 250;

/** What operations may keep from answering that attempts are scheduled around, with its clearance. */
export const avoided = (
  kinds: Pick<Kinds, 'actions'>,
  operations: readonly Operation[],
  hops: readonly Hop[],
): readonly Disturbance[] =>
  operations.flatMap(({ kind, op, startMs, endMs }): Disturbance[] => {
    const disturbs = askDisturbs(actionOf(kinds, kind), op, hops);
    if (disturbs === null || disturbs.attacked) return [];
    const { places, excuses, attacked } = disturbs;
    return [{ action: kind, places, excuses, attacked, fromMs: startMs - clearanceMs, toMs: endMs + clearanceMs }];
  });

/** The stretches of the phases in which no operation disturbs anything: where a second one may act, so that each has one cause. */
export const undisturbed = (
  phases: readonly PhaseSlot[],
  kinds: Pick<Kinds, 'actions'>,
  operations: readonly Operation[],
  hops: readonly Hop[],
): readonly PhaseSlot[] => {
  const taken = operations.flatMap(({ kind, op, startMs, endMs }): Interval[] => {
    const disturbs = askDisturbs(actionOf(kinds, kind), op, hops);
    return disturbs === null ? [] : [[startMs - disturbs.beforeMs, endMs + disturbs.afterMs]];
  });
  return taken.reduce<readonly PhaseSlot[]>(
    (free, [fromMs, toMs]) =>
      free.flatMap((slot) =>
        toMs <= slot.startMs || fromMs >= slot.endMs
          ? [slot]
          : [
              { ...slot, endMs: fromMs },
              { ...slot, startMs: toMs },
            ].filter(({ startMs, endMs }) => endMs > startMs),
      ),
    phases,
  );
};

/** The places that have to answer for a request to be answered. */
const needs = (
  policy: Policy,
  services: readonly AppService[],
  hops: readonly Hop[],
  { to, http }: Send,
): ReadonlySet<string> => {
  const { method, path, token } = http;
  const passed = hopsOfRequest(policy, services, to, { method, path, subject: token?.subject ?? '' });
  const onward = servicesOn(passed);
  if (to === 'edge') return placesPassed({ crosses: onward, hops: passed }, hops);
  return new Set([to, ...onward, ...passed.map(placeOfHop)]);
};

/** Members, and the hops from one of them to another. */
const within = (members: readonly string[], hops: readonly Hop[]): ReadonlySet<string> =>
  new Set([
    ...members,
    ...hops
      .filter(({ from, to }) => members.includes(from) && members.includes(to))
      .map(({ from, to }) => `${from}→${to}`),
  ]);

/**
 * The places that an attempt of this form and its twin depend on. While one of them is cut off, the twin fails and the attempt would
 * say nothing. Throws `bad-input` where the twin is the traffic of a route that the plan does not replay.
 */
export const dependencies = (
  form: Form,
  policy: Policy,
  services: readonly AppService[],
  hops: readonly Hop[],
  routes: readonly RouteSlot[],
): ReadonlySet<string> => {
  const { send, twin, decisions = [] } = form;
  // Where the policy lets a request come further than its twin, it depends on what stands there as well.
  const further = decisions.flatMap(({ at, allow }) => (allow && at !== 'edge' ? [at] : []));
  const own = send.to === 'edge' ? placesPassed({ crosses: further }, hops) : within([send.to, ...further], hops);
  if (twin.kind === 'request') return new Set([...own, ...needs(policy, services, hops, twin.send)]);
  const route = routes.find(({ id }) => id === twin.route);
  if (route === undefined) {
    throw new HoldfastError(
      'bad-input',
      `expected the plan to replay the route "${twin.route}", the twin of ${form.variant}, found none`,
      {
        hint: `add a route "${twin.route}" to the app, or under load.routes of the plan; there are ${[...new Set(routes.map(({ id }) => id))].join(', ')}`,
      },
    );
  }
  return new Set([...own, ...placesPassed(route, hops)]);
};

/** The stretches in which a request with these dependencies must not be sent. */
export const blockedFor = (places: ReadonlySet<string>, disturbances: readonly Disturbance[]): readonly Interval[] =>
  disturbances
    .filter((one) => touching([one], places, one.fromMs, one.toMs, 'failure') !== undefined)
    .map(({ fromMs, toMs }) => [fromMs, toMs] as const);
