import type { AttackContext, Form, Send, Twin } from '../../model/index.ts';
import { decisionsAlong } from '../../policy/decide/index.ts';
import { permittedTwin, routesOf } from '../forms/index.ts';
import type { Case } from './case.ts';

/**
 * A request of the corpus as a form: with what the policy says of it at every enforcer that it meets, and a twin that takes the
 * same way as far as the policy lets the request come.
 */
export const comparisonForm = (context: AttackContext, { variant, vantage, send }: Case): Form => {
  const decisions = decisionsAlong(context.policy, context.stack, send);
  const reached = decisions.flatMap(({ at, allow }) => (allow && at !== 'edge' ? [at] : []));
  const twin = twinOf(context, send, reached);
  return { variant, target: send.to, vantage, send, twin, evidence: 'decision', decisions };
};

const twinOf = (context: AttackContext, send: Send, reached: readonly string[]): Twin => {
  const service = context.stack.services.find(({ id }) => id === send.to);
  if (service !== undefined) return permittedTwin(context, service);
  const routes = routesOf(context);
  const fitting = routes.find(({ crosses }) => reached.every((at) => crosses.includes(at)));
  return { kind: 'traffic', route: (fitting ?? routes[0]!).id };
};
