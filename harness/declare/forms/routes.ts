import type { AttackContext, Link, Policy, TokenRecipe } from '../../model/index.ts';
import { HoldfastError } from '../../model/index.ts';
import { hopsOfRequest, servicesOn } from '../../policy/index.ts';
import { grantsRule } from './paths.ts';

/** A legitimate request of the app, as the attacker may send it with a valid token. */
export type Route = {
  /** Id of the route in the app, or in the plan that replays others: the replayed traffic of it is the twin. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** The path as the app has it: with `{sub}`, where it is about whoever asks. */
  readonly template: string;
  /** Role that the token confers. */
  readonly role: string;
  readonly token: TokenRecipe;
  /** The hops that it takes by the app and the policy's matrix, and the services on them, nearest first. */
  readonly hops: readonly Link[];
  readonly crosses: readonly string[];
};

/** What a route is derived from. */
export type AppAndPolicy = Pick<AttackContext, 'policy'> & { readonly stack: Pick<AttackContext['stack'], 'app'> };

/** The user whom the attacker is. */
export const attackerOf = ({ stack }: Pick<AppAndPolicy, 'stack'>): string => stack.app.users.attacker;

/** The user whose data the attacker is after. */
export const victimOf = ({ stack }: Pick<AppAndPolicy, 'stack'>): string => stack.app.users.victim;

/** The claims that confer a role. Throws `bad-input` where the policy does not define it. */
export const claimsOf = (policy: Policy, role: string): Readonly<Record<string, string>> => {
  const rule = policy.roles[role];
  if (rule === undefined)
    throw new HoldfastError(
      'bad-input',
      `expected the policy ${policy.id} to define the role ${role}, found ${Object.keys(policy.roles).join(', ') || 'none'}`,
      {
        hint: `add the role ${role} under "roles"`,
      },
    );
  return { [rule.claim]: rule.equals };
};

/** A valid token of the attacker with a role. */
export const tokenOf = (context: AppAndPolicy, role: string): TokenRecipe => ({
  subject: attackerOf(context),
  claims: claimsOf(context.policy, role),
});

/** A path of a route, or of the policy, for a user. */
export const pathFor = (template: string, subject: string): string => template.replaceAll('{sub}', subject);

/** The routes of the legitimate traffic, as the attacker may use them. Pure. */
export const routesOf = (context: AppAndPolicy): readonly Route[] => {
  const routes = known.get(context) ?? readRoutes(context);
  known.set(context, routes);
  return routes;
};

/** Every form of a corpus asks for them. */
const known = new WeakMap<AppAndPolicy, readonly Route[]>();

const readRoutes = (context: AppAndPolicy): readonly Route[] =>
  context.stack.app.routes.map(({ id, method, path: template, role }): Route => {
    const subject = attackerOf(context);
    const path = pathFor(template, subject);
    const hops = hopsOfRequest(context.policy, context.stack.app.services, 'edge', { method, path, subject });
    const token = tokenOf(context, role);
    return { id, method, path, template, role, token, hops, crosses: servicesOn(hops) };
  });

/** Does authentication alone decide on a route: may anybody with a valid token take it? */
export const isOpen = ({ policy }: Pick<AppAndPolicy, 'policy'>, { method, path, token }: Route): boolean =>
  policy.rules.some((rule) => rule.who === 'authenticated' && grantsRule(rule, method, path, token.subject));

/** The route on which authentication alone decides; where each needs a role, the first one. */
export const openRoute = (context: AppAndPolicy): Route => {
  const routes = routesOf(context);
  return routes.find((route) => isOpen(context, route)) ?? routes[0]!;
};

/** The first route that needs a role; where none does, the first one. */
export const guardedRoute = (context: AppAndPolicy): Route => {
  const routes = routesOf(context);
  return routes.find((route) => !isOpen(context, route)) ?? routes[0]!;
};

/** The route that passes the most services. */
export const deepestRoute = (context: AppAndPolicy): Route =>
  routesOf(context).reduce((a, b) => (b.crosses.length > a.crosses.length ? b : a));

/** Routes, each once: an app may have one that is all of these. */
export const distinct = (routes: readonly Route[]): readonly Route[] =>
  routes.filter(({ id }, i) => routes.findIndex((route) => route.id === id) === i);
