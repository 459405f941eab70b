import type { TokenRecipe } from '../../model/index.ts';
import { claimsOf, openRoute, pathFor } from './routes.ts';
import type { AppAndPolicy } from './routes.ts';

/** A request of the legitimate traffic, to try a stack by hand. */
export type SampleRequest = { readonly method: string; readonly path: string; readonly token: TokenRecipe };

/** The request of a user of the app who is nobody in particular, on the route that lets most of them in. Pure. */
export const sampleRequest = (context: AppAndPolicy): SampleRequest => {
  const { method, template, role } = openRoute(context);
  const subject = `${role}-1`;
  return { method, path: pathFor(template, subject), token: { subject, claims: claimsOf(context.policy, role) } };
};
