import type { Policy, Stack } from '../../model/index.ts';
import { identityHeaders } from '../identity-headers.ts';
import { authorizer } from '../opa/index.ts';
import { canonicalPath } from '../path/index.ts';
import { authorized, questionLocation } from './authorize.ts';
import { edgeLimits, onward } from './limits.ts';
import { refusals, refusedByItself } from './refusal.ts';
import { block, literal, matching } from './text.ts';
import type { Block, Line } from './text.ts';

/** What the servers ask about a request, from its own bytes alone. */
export const maps = ({ edge: { hostname } }: Stack): readonly Line[] => [
  block('map $http_host $own_host', [
    'default 0',
    `${matching(`^${literal(hostname)}(:[0-9]+)?$`, { anyCase: true })} 1`,
  ]),
  '# The request line: $request_uri has lost the scheme and the host of an absolute target.',
  block('map $request $canonical_path', [
    'default 0',
    `${matching(`^[A-Z]+ (${canonicalPath})(\\?[^ ]*)? HTTP/[0-9.]+$`)} 1`,
  ]),
  refusedByItself.reasons,
];

/** Another name, or none: the handshake is refused, no certificate shown, and no request that names another host is served. */
export const otherNames = ({ edge: { port } }: Stack): Block =>
  block('server', [
    `listen ${port} ssl default_server`,
    'http2 on',
    'ssl_reject_handshake on',
    ...refusals,
    block('location /', ['return 421']),
  ]);

/** The one public name. What a client says of itself is removed before anything reads it. */
export const publicServer = (policy: Policy, stack: Stack): Block => {
  const { hostname, port } = stack.edge;
  return block('server', [
    `listen ${port} ssl`,
    'http2 on',
    `server_name ${hostname}`,
    'ssl_certificate /etc/holdfast/public/cert.pem',
    'ssl_certificate_key /etc/holdfast/public/key.pem',
    '',
    ...refusals,
    `more_clear_input_headers ${removed}`,
    '',
    block('location /', [
      refusedByItself.host,
      refusedByItself.path,
      ...edgeLimits(policy),
      ...authorized,
      ...onward(policy, stack),
      ...headersIn,
      ...headersOut,
    ]),
    questionLocation,
  ]);
};

const removed = [...identityHeaders.names, ...identityHeaders.prefixes.map((prefix) => `${prefix}*`)].join(' ');

/** The token ends here; the workload learns the subject. */
const headersIn: readonly Line[] = [
  'proxy_set_header Host $http_host',
  'proxy_set_header Authorization ""',
  `proxy_set_header ${authorizer.subjectHeader} $subject`,
  'proxy_set_header X-Forwarded-For $remote_addr',
  'proxy_set_header X-Forwarded-Proto https',
];

/** A workload must not steer nginx: X-Accel-Redirect leads into internal locations. */
const headersOut: readonly Line[] = [
  'proxy_ignore_headers X-Accel-Redirect X-Accel-Expires X-Accel-Limit-Rate X-Accel-Buffering X-Accel-Charset',
  `proxy_hide_header ${authorizer.reasonHeader}`,
];
