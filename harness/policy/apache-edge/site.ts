import type { Policy, RateLimit, Stack } from '../../model/index.ts';
import { subjectHeader } from '../identity-headers.ts';
import { canonicalPath } from '../path/index.ts';
import { afterAuthentication, demands, nowHeader, verification } from './authentication.ts';
import { passed, reasons, rememberPath, why } from './log.ts';
import { rules } from './rules.ts';
import { block, literally, quoted } from './text.ts';
import { upstream } from './upstream.ts';

/** Everything that is not for the public name: the first host of its port, which httpd takes where no other fits. */
export const elsewhere = (stack: Stack): readonly string[] =>
  block('VirtualHost', `*:${stack.edge.port}`, [
    'ServerName elsewhere.invalid',
    'SSLEngine on',
    `SetEnvIf Request_Protocol . ${why}=host`,
    ...rememberPath,
    'RewriteRule ^ - [R=421,L]',
    ...reasons([], []),
    ...block('Location', '/', ['Require all denied']),
  ]);

/** The public name. Every decision is in here, in the order in which httpd takes it. */
export const site = (policy: Policy, stack: Stack, limits: readonly RateLimit[]): readonly string[] => {
  const name = stack.edge.hostname;
  const refuse = (status: number, reason: string): string => `RewriteRule ^ - [R=${status},E=${why}:${reason},L]`;
  return block('VirtualHost', `*:${stack.edge.port}`, [
    `ServerName ${name}`,
    'SSLEngine on',
    ...titled('What the log is to say', [...rememberPath, ...reasons(demands(policy), limits)]),
    ...titled('What nobody may send', [
      `RewriteCond %{SSL:SSL_TLS_SNI} !=${name} [NC]`,
      refuse(421, 'host'),
      `RewriteCond %{HTTP_HOST} "!^${literally(name)}(:[0-9]+)?$" [NC]`,
      refuse(421, 'host'),
      `RewriteCond %{THE_REQUEST} "!^[^ ]+ (${canonicalPath})([?][^ ]*)? HTTP/"`,
      refuse(400, 'paths'),
    ]),
    ...titled('The way into the mesh', upstream(policy, stack)),
    '',
    ...block('Location', '/', [
      '# Who it is, and who may do what: 401 and 403.',
      ...verification,
      'AuthzSendForbiddenOnFailure On',
      ...block('RequireAll', '', [
        'Require valid-user',
        ...demands(policy).map(({ holds }) => `Require expr ${quoted(afterAuthentication(holds))}`),
        ...rules(policy),
      ]),
      '# What the mesh is told.',
      `SetEnv ${why} ${quoted(passed)}`,
      'LuaHookFixups /etc/holdfast/edge.lua strip',
      `RequestHeader unset ${nowHeader}`,
      'RequestHeader unset Authorization',
      `RequestHeader set Host ${name}`,
      'RequestHeader set X-Forwarded-For expr=%{REMOTE_ADDR}',
      'RequestHeader set X-Forwarded-Proto https',
      `RequestHeader set ${subjectHeader} expr=%{REMOTE_USER}`,
    ]),
    'Header always set WWW-Authenticate Bearer "expr=%{REQUEST_STATUS} == 401 && -z resp(\'WWW-Authenticate\')"',
  ]);
};

const titled = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', `# ${title}.`, ...lines];
