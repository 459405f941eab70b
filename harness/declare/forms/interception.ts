import { HoldfastError, placeOfHop } from '../../model/index.ts';
import type { AttackContext, Form, Hop } from '../../model/index.ts';
import { edgeForm, requestOf } from './edge.ts';
import { routesOf } from './routes.ts';
import type { Route } from './routes.ts';

/** A member of the mesh that is neither end of the hop: whose certificate an attacker may hold. Throws `bad-input` without one. */
export const bystander = ({ stack }: AttackContext, hop: Hop): string => {
  const members = [...stack.services.map(({ id }) => id), 'edge'];
  const found = members.find((member) => member !== hop.from && member !== hop.to);
  if (found === undefined)
    throw new HoldfastError(
      'bad-input',
      `expected a member beside ${hop.from} and ${hop.to} in the stack ${stack.id}, found none`,
      {
        hint: 'an app needs at least two services',
      },
    );
  return found;
};

/**
 * The hops that legitimate traffic crosses, each with a route that does: no others can be taken over and shown to resist, for nothing
 * passes them.
 */
export const crossedHops = (context: AttackContext): readonly (readonly [hop: Hop, route: Route])[] => {
  const routes = routesOf(context);
  return context.hops.flatMap((hop) => {
    const route = routes.find(({ hops }) => hops.some(({ from, to }) => from === hop.from && to === hop.to));
    return route === undefined ? [] : [[hop, route] as const];
  });
};

/** The hops that no legitimate traffic crosses. */
export const uncrossedHops = (context: AttackContext): readonly Hop[] => {
  const crossed = new Set(crossedHops(context).map(([hop]) => hop));
  return context.hops.filter((hop) => !crossed.has(hop));
};

/**
 * One form: the hop is taken over (harness/kinds/actions/intercept; `interceptor`: what then stands there) while legitimate requests that cross it are sent through the edge. The caller must refuse
 * to speak to the interceptor; the replayed traffic of the same route, outside the window, is the twin.
 */
export const interceptionForm = (
  { stack }: AttackContext,
  hop: Hop,
  route: Route,
  variant: string,
  interceptor: Readonly<Record<string, unknown>>,
): Form => ({
  ...edgeForm(stack, route, variant, { ...requestOf(route), token: route.token }),
  target: placeOfHop(hop),
  vantage: 'on-path',
  evidence: 'interceptor',
  during: { action: 'intercept', op: { hop, interceptor } },
});
