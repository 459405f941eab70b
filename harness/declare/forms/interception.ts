import { HoldfastError, placeOfHop } from '../../model/index.ts';
import type { AttackContext, Form, Hop } from '../../model/index.ts';
import { edgeForm, requestOf } from './edge.ts';
import { routesOf } from './routes.ts';

/** A member of the mesh that is neither end of the hop: whose certificate an attacker may hold. Throws `bad-input` without one. */
export const bystander = ({ stack }: AttackContext, hop: Hop): string => {
  const found = stack.services.find((service) => service.id !== hop.from && service.id !== hop.to);
  if (found === undefined)
    throw new HoldfastError(
      'bad-input',
      `expected a service beside ${hop.from} and ${hop.to} in the stack ${stack.id}, found none`,
      {
        hint: 'a chain needs at least three services',
      },
    );
  return found.id;
};

/**
 * One form: the hop is taken over (harness/kinds/actions/intercept; `interceptor`: what then stands there) while legitimate requests that cross it are sent through the edge. The caller must refuse
 * to speak to the interceptor; the replayed traffic of the same route, outside the window, is the twin.
 */
export const interceptionForm = (
  context: AttackContext,
  hop: Hop,
  variant: string,
  interceptor: Readonly<Record<string, unknown>>,
): Form => {
  const route = routesOf(context.policy).find((candidate) => candidate.crosses.includes(hop.to));
  if (route === undefined)
    throw new HoldfastError(
      'bad-input',
      `expected the policy ${context.policy.id} to let a route cross ${hop.from}→${hop.to}, found none`,
      {
        hint: `list ${hop.to} under "calls"`,
      },
    );
  return {
    ...edgeForm(context.stack, route, variant, { ...requestOf(route), token: route.token }),
    target: placeOfHop(hop),
    vantage: 'on-path',
    evidence: 'interceptor',
    during: { action: 'intercept', op: { hop, interceptor } },
  };
};
