import type { Plan, Stack } from '../../model/index.ts';

/**
 * A plan and the stack that it is run on, of one mind about the legitimate traffic: the plan's own routes where it has some, those of
 * the app where it has none. Pure.
 */
export const onStack = (plan: Plan, stack: Stack): { readonly plan: Plan; readonly stack: Stack } => {
  const routes = plan.load.routes.length > 0 ? plan.load.routes : stack.app.routes;
  return {
    plan: { ...plan, load: { ...plan.load, routes } },
    stack: { ...stack, app: { ...stack.app, routes } },
  };
};
