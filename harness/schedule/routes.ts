import { grants } from '../declare/forms/index.ts';
import { HoldfastError } from '../model/index.ts';
import type { Plan, Policy, RouteSlot } from '../model/index.ts';
import { matchesPath } from '../policy/index.ts';
import type { Random } from './random.ts';

/** Users of each role: enough that no one's rate limit or cached decision carries the replay. */
const usersPerRole = 8;

/** The services that a request passes from a member on, in order, by the policy's matrix. */
export const crossing = (
  policy: Policy,
  from: string,
  method: string,
  path: string,
  subject: string,
): readonly string[] => {
  const passed: string[] = [];
  for (let at = from; ; at = passed.at(-1)!) {
    const next = policy.calls.find(
      (call) => call.from === at && !passed.includes(call.to) && grants(call, method, path, subject),
    );
    if (next === undefined) return passed;
    passed.push(next.to);
  }
};

/**
 * The routes of the replay, one slot for each route and user, with the claims that confer the route's role.
 * Throws `bad-input` where the policy does not know the role or does not permit the request: it would not be legitimate.
 */
export const routeSlots = (plan: Plan, policy: Policy): readonly RouteSlot[] =>
  plan.load.routes.flatMap(({ id, method, path, role }) => {
    const confers = policy.roles[role];
    if (confers === undefined) {
      throw new HoldfastError(
        'bad-input',
        `expected a role of the policy ${policy.id} for the route "${id}" of the plan ${plan.id}, found "${role}"`,
        {
          hint: `known roles: ${Object.keys(policy.roles).join(', ')}`,
        },
      );
    }
    return Array.from({ length: usersPerRole }, (_, user) => {
      const subject = `${role}-${user + 1}`;
      const own = path.replaceAll('{sub}', subject);
      const permitted = policy.rules.some(
        (rule) =>
          (rule.who === 'authenticated' || rule.who.includes(role)) &&
          rule.methods.includes(method) &&
          rule.paths.some((pattern) => matchesPath(pattern, own, subject)),
      );
      if (!permitted) {
        throw new HoldfastError(
          'bad-input',
          `expected the policy ${policy.id} to permit ${method} ${path} to the role ${role} (route "${id}" of the plan ${plan.id}), found no such rule`,
          {
            hint: 'the replayed traffic must be legitimate: change the route or the policy',
          },
        );
      }
      return {
        id,
        method,
        path: own,
        subject,
        claims: { [confers.claim]: confers.equals },
        crosses: crossing(policy, 'edge', method, own, subject),
      };
    });
  });

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
