import { actionOf, senderOf } from '../../model/index.ts';
import type {
  CertificateRecipe,
  CredentialRecipes,
  Kinds,
  ScheduledAttack,
  Segment,
  Send,
  TokenRecipe,
} from '../../model/index.ts';

/** Canonical JSON of a recipe (keys sorted): equal recipes have equal keys, whatever order they were written in. Pure. */
export const recipeKey = (recipe: TokenRecipe | CertificateRecipe): string =>
  JSON.stringify(recipe, (_key, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

/** The distinct credentials to be made before a segment is fired, and what stands on an interceptor. */
export type Recipes = { readonly tokens: readonly TokenRecipe[]; readonly certificates: readonly CertificateRecipe[] };

/**
 * Every credential that the attacks' forms, their twins and what acts meanwhile need, each once. Pure.
 * `twins`: further requests, where a segment's twin streams are not those of the forms.
 */
export const recipesOf = (
  attacks: readonly ScheduledAttack[],
  kinds: Pick<Kinds, 'actions' | 'senders'>,
  twins: Segment['twins'] = [],
): Recipes => {
  const tokens = new Map<string, TokenRecipe>();
  const certificates = new Map<string, CertificateRecipe>();
  const take = (own: CredentialRecipes | undefined): void => {
    for (const token of own?.tokens ?? []) tokens.set(recipeKey(token), token);
    for (const certificate of own?.certificates ?? []) certificates.set(recipeKey(certificate), certificate);
  };
  const request = (send: Send): void => take(senderOf(kinds, send.transport).credentials(send));
  for (const { send, twin, during } of attacks.flatMap(({ forms }) => forms)) {
    request(send);
    if (twin.kind === 'request') request(twin.send);
    if (during !== undefined) take(actionOf(kinds, during.action).credentials?.(during.op));
  }
  for (const { send } of twins) request(send);
  return { tokens: [...tokens.values()], certificates: [...certificates.values()] };
};
