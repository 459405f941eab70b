import type { RateLimit } from '../../model/index.ts';
import { afterAuthentication } from './authentication.ts';
import type { Demand } from './authentication.ts';
import { quoted } from './text.ts';

/** Variable of the request in which a rule that decides says why. */
export const why = 'EDGE_WHY';

/** What a request that was let in is logged as; its status is the mesh's. */
export const passed = 'passed on';

const note = 'x-edge-reason';

/**
 * The log. httpd escapes what clients send in a way that JSON does not know (`\x1b`), so nothing that they send is in it as it
 * came: variables hold the id and the method if they are plain, and the path with everything else in it escaped as in a URI.
 */
export const logging: readonly string[] = [
  `LogFormat "${[
    '{\\"at\\":%{sec}t.%{usec_frac}t',
    '\\"id\\":\\"%{EDGE_ID}e\\"',
    '\\"method\\":\\"%{EDGE_METHOD}e\\"',
    '\\"path\\":\\"%{EDGE_PATH}e\\"',
    '\\"status\\":%>s',
    `\\"reason\\":\\"%{${note}}n\\"}`,
  ].join(',')}" edge`,
  'CustomLog /var/journal/edge.ndjson edge',
  'SetEnvIf X-Holdfast-Id "^([A-Za-z0-9._:~-]{1,256})$" EDGE_ID=$1',
  'SetEnvIf Request_Method "^([A-Za-z-]{1,32})$" EDGE_METHOD=$1',
];

/** The path as it was sent: plain where it holds nothing that a string of JSON would not, otherwise escaped. */
export const rememberPath: readonly string[] = [
  'RewriteEngine On',
  'RewriteMap escape int:escape',
  'RewriteCond %{THE_REQUEST} "^[^ ]+ ([^ ?]*)"',
  'RewriteRule ^ - [E=EDGE_PATH:${escape:%1}]',
  'RewriteCond %{THE_REQUEST} "^[^ ]+ ([!#->@-\\[\\]-~]*)[ ?]"',
  'RewriteRule ^ - [E=EDGE_PATH:%1]',
];

/**
 * Why a request was answered as it was, as far as the end of it shows; the last line that applies counts, so that of several demands the first is named. A header of the answer
 * is the only thing that can be set so late, and is taken off again before anybody sees it.
 */
export const reasons = (demands: readonly Demand[], limits: readonly RateLimit[]): readonly string[] => {
  const status = (code: number): string => `%{REQUEST_STATUS} == ${code}`;
  const grounds: readonly (readonly [reason: string, when: string])[] = [
    ['authentication: no valid token', status(401)],
    ...demands
      .toReversed()
      .map(
        ({ name, holds }) =>
          [`authentication: ${name}`, `${status(401)} && ${afterAuthentication(`!(${holds})`)}`] as const,
      ),
    ['paths', status(404)],
    ['rules', status(403)],
    ['host', status(421)],
    ['host', '-z %{SSL:SSL_TLS_SNI}'],
    ...limits.map(({ id }) => [`rateLimits.${id}`, status(429)] as const),
    [`%{${why}}e`, `-n reqenv('${why}')`],
    ['no answer of the mesh', `reqenv('${why}') == '${passed}' && %{REQUEST_STATUS} in {'502', '503', '504'}`],
  ];
  return [
    `Header always set ${note} failed`,
    `Header always set ${note} malformed "expr=%{REQUEST_STATUS} -lt 500"`,
    ...grounds.map(([reason, when]) => `Header always set ${note} ${quoted(reason)} ${quoted(`expr=${when}`)}`),
    `Header always note ${note} ${note}`,
    `Header always unset ${note}`,
  ];
};
