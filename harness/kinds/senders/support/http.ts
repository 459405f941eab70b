import type { CertificateRecipe, CredentialRecipes, Send, TokenRecipe } from '../../../model/index.ts';

const tokenText = ({ subject, claims, alter }: TokenRecipe): string =>
  `<${alter ?? 'valid'} token: sub=${subject}${Object.entries(claims)
    .map(([name, value]) => ` ${name}=${value}`)
    .join('')}>`;

/** A client certificate by its recipe. */
export const certificateText = (recipe: CertificateRecipe | undefined): string =>
  recipe === undefined
    ? 'no client certificate'
    : `client certificate of ${recipe.service}${recipe.alter ? ` (${recipe.alter})` : ''}`;

/** An overlong text by its beginning and its length. */
const shortened = (text: string): string =>
  text.length <= 200 ? text : `${text.slice(0, 80)}… (${text.length} characters)`;

/** The lines of a request, its token by recipe. */
export const requestLines = ({ http }: Send): readonly string[] => {
  const spelt = [http.path, ...http.headers.map(([, value]) => value)].some((text) => text.includes('{token}'));
  const filled = (text: string): string =>
    text.replaceAll('{token}', http.token === undefined ? '' : tokenText(http.token));
  return [
    `${http.method} ${shortened(filled(http.path))} HTTP/1.1`,
    ...(http.host === undefined ? [] : [`host: ${http.host}`]),
    ...(http.token && !spelt ? [`authorization: Bearer ${tokenText(http.token)}`] : []),
    ...http.headers.map(([name, value]) => `${name}: ${filled(value)}`),
  ];
};

/** The token and the client certificate of a request. */
export const httpCredentials = ({ http, certificate }: Send): CredentialRecipes => ({
  tokens: http.token === undefined ? [] : [http.token],
  certificates: certificate === undefined ? [] : [certificate],
});
