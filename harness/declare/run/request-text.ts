import type { CertificateRecipe, Form, TokenRecipe } from '../../model/index.ts';

const tokenText = ({ subject, claims, alter }: TokenRecipe): string =>
  `<${alter ?? 'valid'} token: sub=${subject}${Object.entries(claims)
    .map(([name, value]) => ` ${name}=${value}`)
    .join('')}>`;

const certificateText = (recipe: CertificateRecipe | undefined): string =>
  recipe === undefined
    ? 'no client certificate'
    : `client certificate of ${recipe.service}${recipe.alter ? ` (${recipe.alter})` : ''}`;

const transportText = { tls: 'TLS', plain: 'plaintext', h2c: 'plaintext HTTP/2' } as const;

/** A form's request as a person reads it: credentials by recipe, never by value. Pure. */
export const requestText = ({ send, interception }: Form): string => {
  const { http } = send;
  const way = `${transportText[send.transport]} to ${send.to}:${send.port}${send.transport === 'tls' ? `, ${certificateText(send.certificate)}` : ''}`;
  const stands =
    interception &&
    `${interception.hop.from}→${interception.hop.to} taken over by ${
      interception.interceptor.kind === 'impostor'
        ? `an impostor with the ${interception.interceptor.certificate.alter ?? 'valid'} certificate of ${interception.interceptor.certificate.service}`
        : `mitmproxy, ${interception.interceptor.mode}`
    }`;
  return [
    ...(stands ? [`(${stands})`] : []),
    `(${way})`,
    `${http.method} ${http.path} HTTP/1.1`,
    ...(http.token ? [`authorization: Bearer ${tokenText(http.token)}`] : []),
    ...http.headers.map(([name, value]) => `${name}: ${value}`),
  ].join('\n');
};
