import { HoldfastError, answersItself, onwardFrom } from '../model/index.ts';
import type { AppService, Link, Plan, Policy, RoutePlan, RouteSlot } from '../model/index.ts';
import { hopsOfRequest, matchesPath, servicesOn } from '../policy/index.ts';
import type { Random } from './random.ts';

/** Users of each role: enough that no one's rate limit or cached decision carries the replay. */
const usersPerRole = 8;

/**
 * The routes of the replay, one slot for each route and user, with the claims that confer the route's role. Throws `bad-input` where the
 * policy does not know the role, or does not let the request come to whoever answers it: it would not be legitimate.
 */
export const routeSlots = (plan: Plan, policy: Policy, services: readonly AppService[]): readonly RouteSlot[] =>
  plan.load.routes.flatMap((route) => {
    const { id, method, path, role } = route;
    const confers = policy.roles[role];
    if (confers === undefined)
      throw new HoldfastError(
        'bad-input',
        `expected a role of the policy ${policy.id} for the route "${id}" of the plan ${plan.id}, found "${role}"`,
        { hint: `known roles: ${Object.keys(policy.roles).join(', ') || 'none'}` },
      );
    return Array.from({ length: usersPerRole }, (_, user): RouteSlot => {
      const subject = `${role}-${user + 1}`;
      const own = path.replaceAll('{sub}', subject);
      const hops = hopsOfRequest(policy, services, 'edge', { method, path: own, subject });
      const fault = faultOf(policy, services, route, own, subject, hops);
      if (fault !== null)
        throw new HoldfastError(
          'bad-input',
          `${fault.expected} (route "${id}" of the plan ${plan.id}), found ${fault.found}`,
          { hint: 'the replayed traffic must be legitimate: change the route, the app or the policy' },
        );
      return {
        id,
        method,
        path: own,
        subject,
        claims: { [confers.claim]: confers.equals },
        crosses: servicesOn(hops),
        hops,
      };
    });
  });

/** Why a route is not legitimate traffic; null where it is. */
const faultOf = (
  policy: Policy,
  services: readonly AppService[],
  { method, path, role }: RoutePlan,
  own: string,
  subject: string,
  hops: readonly Link[],
): { readonly expected: string; readonly found: string } | null => {
  const permitted = policy.rules.some(
    (rule) =>
      (rule.who === 'authenticated' || rule.who.includes(role)) &&
      rule.methods.includes(method) &&
      rule.paths.some((pattern) => matchesPath(pattern, own, subject)),
  );
  if (!permitted)
    return {
      expected: `expected the policy ${policy.id} to permit ${method} ${path} to the role ${role}`,
      found: 'no such rule',
    };
  const reached = servicesOn(hops);
  const wanted = [
    { from: 'edge', to: services[0]?.id ?? '' },
    ...reached.flatMap((from) => onwardFrom(services, from, own).map((to) => ({ from, to }))),
  ];
  const missing = wanted.find((link) => !hops.some(({ from, to }) => from === link.from && to === link.to));
  if (missing !== undefined)
    return {
      expected: `expected the policy ${policy.id} to grant ${method} ${path} from ${missing.from} to ${missing.to}`,
      found: 'no such call',
    };
  const answered = services.some((service) => reached.includes(service.id) && answersItself(service, own));
  return answered
    ? null
    : { expected: `expected a service of the app to answer ${path}`, found: 'that none of those it comes to does' };
};

/** Draws the index of a route slot: the route by its weight, then one of its users. */
export const routeDraw = (plan: Plan, random: Random): (() => number) => {
  const weights = plan.load.routes.map(({ weight }) => weight);
  const total = weights.reduce((a, b) => a + b, 0);
  return () => {
    let left = random() * total;
    let route = 0;
    while (route < weights.length - 1 && left >= weights[route]!) left -= weights[route++]!;
    return route * usersPerRole + Math.floor(random() * usersPerRole);
  };
};
