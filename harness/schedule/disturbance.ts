import { HoldfastError } from '../model/index.ts';
import type { AppService, Form, Policy, RouteSlot, Send, WindowSlot } from '../model/index.ts';
import { hopsOfRequest, servicesOn } from '../policy/index.ts';
import type { Interval } from './time.ts';

/** Clearance on either side of a window: taking a hop over and giving it back takes time. */
export const clearanceMs = 250;

/** A window with the service whose callers it cuts off. */
export type OpenWindow = WindowSlot & { readonly cutsOff: string };

/** The services that must be reachable for a request to be answered. */
const needs = (policy: Policy, services: readonly AppService[], { to, http }: Send): readonly string[] => {
  const { method, path, token } = http;
  const onward = servicesOn(hopsOfRequest(policy, services, to, { method, path, subject: token?.subject ?? '' }));
  return to === 'edge' ? onward : [to, ...onward];
};

/**
 * The services that an attempt of this form and its twin depend on. While one of them is cut off, the twin fails and the
 * attempt would say nothing. Throws `bad-input` where the twin is the traffic of a route that the plan does not replay.
 */
export const dependencies = (
  form: Form,
  policy: Policy,
  services: readonly AppService[],
  routes: readonly RouteSlot[],
): ReadonlySet<string> => {
  const { send, twin, decisions = [] } = form;
  // Where the policy lets a request come further than its twin, it depends on what stands there as well.
  const further = decisions.flatMap(({ at, allow }) => (allow && at !== 'edge' ? [at] : []));
  const own = send.to === 'edge' ? further : [send.to, ...further];
  if (twin.kind === 'request') return new Set([...own, ...needs(policy, services, twin.send)]);
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
  return new Set([...own, ...route.crosses]);
};

/** The stretches in which a request with these dependencies must not be sent. */
export const blockedFor = (services: ReadonlySet<string>, windows: readonly OpenWindow[]): readonly Interval[] =>
  windows
    .filter(({ cutsOff }) => services.has(cutsOff))
    .map(({ startMs, endMs }) => [startMs - clearanceMs, endMs + clearanceMs] as const);
