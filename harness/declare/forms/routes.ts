import type { Policy, TokenRecipe } from '../../model/index.ts';
import { HoldfastError } from '../../model/index.ts';
import { grants } from './paths.ts';

/** The user whom the attacker is, and the one whose data the attacker is after. */
export const attacker = 'mallory';
export const victim = 'alice';

/** A legitimate request of the shop, as the attacker may send it with a valid token. */
export type Route = {
  /** Id of the same route in every plan: the replayed traffic of it is the twin. */
  readonly id: 'catalogue' | 'orders' | 'checkout' | 'refund';
  readonly method: string;
  readonly path: string;
  /** Role that the token confers. */
  readonly role: string;
  readonly token: TokenRecipe;
  /** The services that it passes, in order, by the policy's matrix. */
  readonly crosses: readonly string[];
};

const table = [
  { id: 'catalogue', method: 'GET', path: '/catalogue', role: 'customer' },
  { id: 'orders', method: 'GET', path: `/orders/${attacker}/1001`, role: 'customer' },
  { id: 'checkout', method: 'POST', path: `/checkout/${attacker}`, role: 'customer' },
  { id: 'refund', method: 'POST', path: '/refunds/1001', role: 'finance' },
] as const;

/** The claims that confer a role. Throws `bad-input` where the policy does not define it. */
export const claimsOf = (policy: Policy, role: string): Readonly<Record<string, string>> => {
  const rule = policy.roles[role];
  if (rule === undefined)
    throw new HoldfastError(
      'bad-input',
      `expected the policy ${policy.id} to define the role ${role}, found ${Object.keys(policy.roles).join(', ')}`,
      {
        hint: `add the role ${role} under "roles"`,
      },
    );
  return { [rule.claim]: rule.equals };
};

/** A valid token of the attacker with a role. */
export const tokenOf = (policy: Policy, role: string): TokenRecipe => ({
  subject: attacker,
  claims: claimsOf(policy, role),
});

const crossing = (policy: Policy, method: string, path: string): readonly string[] => {
  const passed: string[] = [];
  let at = 'edge';
  for (;;) {
    const next = policy.calls.find(
      (call) => call.from === at && !passed.includes(call.to) && grants(call, method, path, attacker),
    );
    if (next === undefined) return passed;
    passed.push(next.to);
    at = next.to;
  }
};

/** The routes of the shop workload, under the ids that plans give them. Pure. */
export const routesOf = (policy: Policy): readonly Route[] =>
  table.map((route) => ({
    ...route,
    token: tokenOf(policy, route.role),
    crosses: crossing(policy, route.method, route.path),
  }));

/** The route of an id. */
export const routeOf = (policy: Policy, id: Route['id']): Route => routesOf(policy).find((route) => route.id === id)!;
