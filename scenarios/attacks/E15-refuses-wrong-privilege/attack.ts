import type { Attack, AttackContext, Form, HttpRecipe } from '../../../harness/model/index.ts';
import type { Route } from '../../../harness/declare/forms/index.ts';
import {
  attacker,
  covers,
  edgeForm,
  requestOf,
  routeOf,
  routesOf,
  tokenOf,
  victim,
} from '../../../harness/declare/forms/index.ts';

/** What stands in the role's claim instead of the right role. */
const almost = (right: string, wrong: string): Readonly<Record<string, string>> => ({
  unknown: 'administrator',
  'upper-case': right.toUpperCase(),
  list: `${wrong},${right}`,
  prefix: right.slice(0, -1),
  wildcard: '*',
});

/** The same request with the rights of every other role, of none, and of what only looks like the right one. */
const vertical = ({ stack, policy }: AttackContext, route: Route): readonly Form[] => {
  const rule = policy.rules.find(
    ({ methods, paths }) => methods.includes(route.method) && paths.some((path) => covers(path, route.path, attacker)),
  );
  if (rule === undefined || rule.who === 'authenticated') return [];
  const form = (variant: string, claims: Readonly<Record<string, string>>): Form =>
    edgeForm(stack, route, `${variant}@${route.id}`, { ...requestOf(route), token: { subject: attacker, claims } });
  const { claim, equals } = policy.roles[route.role]!;
  const others = Object.keys(policy.roles).filter((role) => !rule.who.includes(role));
  return [
    form('no-role', {}),
    ...others.map((role) => form(`role-${role}`, tokenOf(policy, role).claims)),
    ...Object.entries(almost(equals, others[0] ?? 'guest')).map(([variant, value]) =>
      form(`role-${variant}`, { [claim]: value }),
    ),
  ];
};

/** Headers by which some edges tell their authorizer what it is asked about: a client that says it first would choose the question. */
const questions = {
  'x-forwarded': ['x-forwarded-method', 'x-forwarded-uri'],
  'x-original': ['x-original-method', 'x-original-uri'],
} as const;

/** E15: vertical and horizontal escalation, and what no rule permits. */
export const attack: Attack = {
  attempts: (context) => {
    const { stack, policy } = context;
    const route = (id: Route['id']): Route => routeOf(policy, id);
    const as = (id: Route['id'], variant: string, change: Partial<HttpRecipe>): Form =>
      edgeForm(stack, route(id), variant, { ...requestOf(route(id)), token: route(id).token, ...change });
    return [
      ...routesOf(policy).flatMap((each) => vertical(context, each)),
      as('orders', 'orders-of-another', { path: `/orders/${victim}/1001` }),
      as('orders', 'orders-of-a-longer-name', { path: `/orders/${attacker}2/1001` }),
      as('orders', 'orders-of-a-shorter-name', { path: `/orders/${attacker.slice(0, -1)}/1001` }),
      as('checkout', 'checkout-for-another', { path: `/checkout/${victim}` }),
      as('checkout', 'checkout-for-a-longer-name', { path: `/checkout/${attacker}2` }),
      as('refund', 'finance-reads-orders', { method: 'GET', path: `/orders/${victim}/1001` }),
      ...Object.entries(questions).map(([variant, [method, target]]) =>
        as('refund', `asks-about-the-catalogue-in-${variant}`, {
          token: route('catalogue').token,
          headers: [
            [method, route('catalogue').method],
            [target, route('catalogue').path],
          ],
        }),
      ),
      as('catalogue', 'method-not-permitted@catalogue', { method: 'POST' }),
      as('orders', 'method-not-permitted@orders', { method: 'DELETE' }),
      as('checkout', 'method-not-permitted@checkout', { method: 'PUT' }),
      as('refund', 'method-not-permitted@refund', { method: 'GET' }),
      as('catalogue', 'path-without-a-rule', { path: '/internal' }),
      as('catalogue', 'root-without-a-rule', { path: '/' }),
    ];
  },
};
