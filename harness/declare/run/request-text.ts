import type { CertificateRecipe, Form, Kinds, TokenRecipe } from '../../model/index.ts';

const tokenText = ({ subject, claims, alter }: TokenRecipe): string =>
  `<${alter ?? 'valid'} token: sub=${subject}${Object.entries(claims)
    .map(([name, value]) => ` ${name}=${value}`)
    .join('')}>`;

const certificateText = (recipe: CertificateRecipe | undefined): string =>
  recipe === undefined
    ? 'no client certificate'
    : `client certificate of ${recipe.service}${recipe.alter ? ` (${recipe.alter})` : ''}`;

const transportText: Readonly<Record<string, string>> = {
  tls: 'TLS',
  plain: 'plaintext',
  h2c: 'plaintext HTTP/2',
  hello: 'ClientHello',
};

/** An overlong text by its beginning and its length. */
const shortened = (text: string): string =>
  text.length <= 200 ? text : `${text.slice(0, 80)}… (${text.length} characters)`;

/** A form's request as a person reads it: credentials by recipe, never by value. Pure. */
export const requestText = ({ send, during }: Form, { actions }: Pick<Kinds, 'actions'>): string => {
  const { http } = send;
  const version = send.tls === undefined ? '' : ` ${send.tls.maximum}`;
  const way = `${transportText[send.transport]}${version} to ${send.to}:${send.port}${send.transport === 'tls' ? `, ${certificateText(send.certificate)}` : ''}`;
  if (send.hello !== undefined) return `(${way})\n${send.hello.version}, ${send.hello.suites.join(' ')}`;
  const spelt = [http.path, ...http.headers.map(([, value]) => value)].some((text) => text.includes('{token}'));
  const filled = (text: string): string =>
    text.replaceAll('{token}', http.token === undefined ? '' : tokenText(http.token));
  const stands = during && actions.get(during.action)?.text(during.op);
  return [
    ...(stands ? [`(${stands})`] : []),
    `(${way})`,
    `${http.method} ${shortened(filled(http.path))} HTTP/1.1`,
    ...(http.host === undefined ? [] : [`host: ${http.host}`]),
    ...(http.token && !spelt ? [`authorization: Bearer ${tokenText(http.token)}`] : []),
    ...http.headers.map(([name, value]) => `${name}: ${filled(value)}`),
  ].join('\n');
};
