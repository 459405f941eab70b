import type { CertificateRecipe, Kinds, ScheduledAttack, Segment, Send, TokenRecipe } from '../../model/index.ts';

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
  { actions }: Pick<Kinds, 'actions'>,
  twins: Segment['twins'] = [],
): Recipes => {
  const tokens = new Map<string, TokenRecipe>();
  const certificates = new Map<string, CertificateRecipe>();
  const certificate = (recipe: CertificateRecipe | undefined): void => {
    if (recipe !== undefined) certificates.set(recipeKey(recipe), recipe);
  };
  const request = ({ http, certificate: own }: Send): void => {
    if (http.token !== undefined) tokens.set(recipeKey(http.token), http.token);
    certificate(own);
  };
  for (const { send, twin, during } of attacks.flatMap(({ forms }) => forms)) {
    request(send);
    if (twin.kind === 'request') request(twin.send);
    const own = during && actions.get(during.action)?.credentials?.(during.op);
    own?.tokens.forEach((token) => tokens.set(recipeKey(token), token));
    own?.certificates.forEach(certificate);
  }
  for (const { send } of twins) request(send);
  return { tokens: [...tokens.values()], certificates: [...certificates.values()] };
};
