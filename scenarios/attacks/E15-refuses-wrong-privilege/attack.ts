import type { Attack, AttackContext, Form, HttpRecipe } from '../../../harness/model/index.ts';
import type { Route } from '../../../harness/declare/forms/index.ts';
import {
  attackerOf,
  covers,
  edgeForm,
  openRoute,
  pathFor,
  requestOf,
  routesOf,
  tokenOf,
  victimOf,
} from '../../../harness/declare/forms/index.ts';
import { decisionsAlong } from '../../../harness/policy/decide/index.ts';

/** What stands in the role's claim instead of the right role. */
const almost = (right: string, wrong: string): Readonly<Record<string, string>> => ({
  unknown: 'administrator',
  'upper-case': right.toUpperCase(),
  list: `${wrong},${right}`,
  prefix: right.slice(0, -1),
  wildcard: '*',
});

/** The same request with the rights of every other role, of none, and of what only looks like the right one. */
const vertical = (context: AttackContext, route: Route): readonly Form[] => {
  const { stack, policy } = context;
  const subject = attackerOf(context);
  const rule = policy.rules.find(
    ({ methods, paths }) => methods.includes(route.method) && paths.some((path) => covers(path, route.path, subject)),
  );
  if (rule === undefined || rule.who === 'authenticated') return [];
  const form = (variant: string, claims: Readonly<Record<string, string>>): Form =>
    edgeForm(stack, route, `${variant}@${route.id}`, { ...requestOf(route), token: { subject, claims } });
  const { claim, equals } = policy.roles[route.role]!;
  const others = Object.keys(policy.roles).filter((role) => !rule.who.includes(role));
  return [
    form('no-role', {}),
    ...others.map((role) => form(`role-${role}`, tokenOf(context, role).claims)),
    ...Object.entries(almost(equals, others[0] ?? 'guest')).map(([variant, value]) =>
      form(`role-${variant}`, { [claim]: value }),
    ),
  ];
};

/** What is another user's, also of one whose name only begins as the attacker's, or with whose name that begins; by every role. */
const horizontal = (context: AttackContext, route: Route): readonly Form[] => {
  if (!route.template.includes('{sub}')) return [];
  const own = attackerOf(context);
  const as = (variant: string, subject: string, token = route.token): Form =>
    edgeForm(context.stack, route, `${variant}@${route.id}`, {
      ...requestOf(route),
      path: pathFor(route.template, subject),
      token,
    });
  const others = Object.keys(context.policy.roles).filter((role) => role !== route.role);
  return [
    as('of-another', victimOf(context)),
    as('of-a-longer-name', `${own}2`),
    as('of-a-shorter-name', own.slice(0, -1)),
    ...others.map((role) => as(`of-another-as-${role}`, victimOf(context), tokenOf(context, role))),
  ];
};

/** Headers by which some edges tell their authorizer what it is asked about: a client that says it first would choose the question. */
const questions = {
  'x-forwarded': ['x-forwarded-method', 'x-forwarded-uri'],
  'x-original': ['x-original-method', 'x-original-uri'],
} as const;

const methods = ['POST', 'DELETE', 'PUT', 'GET', 'PATCH'] as const;

/** Each route by another method, in turn, and paths that no rule names. */
const beyond = (context: AttackContext, isDenied: (form: Form) => boolean): readonly Form[] => {
  const routes = routesOf(context);
  const as = (route: Route, variant: string, change: Partial<HttpRecipe>): Form =>
    edgeForm(context.stack, route, variant, { ...requestOf(route), token: route.token, ...change });
  const open = openRoute(context);
  const guarded = routes.toReversed().find((route) => isDenied(as(route, '', { token: open.token })));
  return [
    ...(guarded === undefined ? [] : Object.entries(questions)).map(([variant, [method, target]]) =>
      as(guarded!, `asks-about-another-route-in-${variant}`, {
        token: open.token,
        headers: [
          [method, open.method],
          [target, open.path],
        ],
      }),
    ),
    ...routes.flatMap((route, i) => {
      const turned = methods.map((_, k) => methods[(i + k) % methods.length]!);
      const forms = turned.map((method) => as(route, `method-not-permitted@${route.id}`, { method }));
      return forms.filter(isDenied).slice(0, 1);
    }),
    as(open, 'path-without-a-rule', { path: '/internal' }),
    as(open, 'root-without-a-rule', { path: '/' }),
  ];
};

/** E15: vertical and horizontal escalation, and what no rule permits. What the policy of a stack permits is left out. */
export const attack: Attack = {
  attempts: (context) => {
    const { stack, policy } = context;
    const isDenied = ({ send }: Form): boolean => decisionsAlong(policy, stack, send)[0]?.allow === false;
    return [
      ...routesOf(context).flatMap((route) => [...vertical(context, route), ...horizontal(context, route)]),
      ...beyond(context, isDenied),
    ].filter(isDenied);
  },
};
