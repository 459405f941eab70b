import { HoldfastError } from '../../../model/index.ts';
import type { Policy } from '../../../model/index.ts';
import { matchesPath } from '../../../policy/index.ts';
import { attackerOf, routesOf } from '../../../declare/forms/index.ts';
import type { AppAndPolicy, Route } from '../../../declare/forms/index.ts';

/** Two policies that an edge is made to take in turn, and a request that only the first lets in. */
export type ReloadPair = {
  readonly policy: Policy;
  /** The same without one path of one rule, which no route of the app needs. */
  readonly other: Policy;
  readonly probe: Pick<Route, 'method' | 'path' | 'role'>;
};

/** What a probe puts in the place of everything below a path. */
const below = 'probe';

/**
 * The pair for a policy. Throws `bad-input` where each of its paths is needed by a route, or covered by another: nothing could be
 * taken away then without harm to the legitimate traffic.
 */
export const reloadPair = (context: AppAndPolicy): ReloadPair => {
  const { policy } = context;
  const attacker = attackerOf(context);
  const routes = routesOf(context);
  for (const rule of policy.rules.toReversed()) {
    for (const pattern of rule.paths.toReversed()) {
      const path = pattern.replaceAll('{sub}', attacker).replace('**', below);
      const method = rule.methods[0]!;
      const needed = routes.some((route) => matchesPath(pattern, route.path, attacker));
      const other = without(policy, rule.id, pattern);
      const covered = other.rules.some(({ paths }) => paths.some((one) => matchesPath(one, path, attacker)));
      const role = rule.who === 'authenticated' ? Object.keys(policy.roles)[0] : rule.who[0];
      if (needed || covered || role === undefined || !reaches(policy, method, path, attacker)) continue;
      return { policy, other, probe: { method, path, role } };
    }
  }
  throw new HoldfastError('bad-input', `expected a path of ${policy.id} that no route needs, found none`, {
    hint: 'a reload takes one away and gives it back: let a rule cover more than the routes ask for, or leave reloads, and what needs them, out of the plan',
  });
};

/** Only what the first service would be asked for shows at its witness. */
const reaches = ({ calls }: Policy, method: string, path: string, attacker: string): boolean =>
  calls.some(
    ({ from, methods, paths }) =>
      from === 'edge' && methods.includes(method) && paths.some((pattern) => matchesPath(pattern, path, attacker)),
  );

const without = (policy: Policy, id: string, pattern: string): Policy => ({
  ...policy,
  rules: policy.rules
    .map((rule) => (rule.id === id ? { ...rule, paths: rule.paths.filter((path) => path !== pattern) } : rule))
    .filter(({ paths }) => paths.length > 0),
});
