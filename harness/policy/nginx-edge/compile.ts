import type { Policy, Stack } from '../../model/index.ts';
import type { Compiler } from '../compiler.ts';
import { authorizerFiles } from '../opa/index.ts';
import { authorizerUpstream } from './authorize.ts';
import { expressible } from './expressible.ts';
import { accessLog } from './log.ts';
import { limitZones, subjectHop } from './limits.ts';
import { meshUpstream } from './mesh.ts';
import { maps, otherNames, publicServer } from './public.ts';
import { block, text } from './text.ts';
import type { Line } from './text.ts';
import { tls } from './tls.ts';

/** Compiles a policy for nginx at the edge: `edge/nginx.conf`, and the authorizer's files. Throws `inexpressible`. */
export const nginxEdge: Compiler = (policy, stack) => {
  const enforced = expressible(policy, stack);
  return new Map([...authorizerFiles(policy), ['edge/nginx.conf', text(configuration(enforced, stack))]]);
};

const configuration = (policy: Policy, stack: Stack): readonly Line[] => [
  `# nginx at the edge of ${stack.id}, policy ${policy.id}.`,
  'load_module modules/ngx_http_headers_more_filter_module.so',
  '# Looked at only where the container runs as root (a harness that does): without capabilities it can become nobody else.',
  'user root root',
  'worker_processes 2',
  'pid /run/nginx/nginx.pid',
  'error_log stderr error',
  '',
  block('events', ['worker_connections 8192']),
  '',
  block('http', [
    ...general,
    '',
    ...accessLog,
    '',
    ...tls(policy),
    '',
    ...maps(stack),
    ...limitZones(policy),
    '',
    authorizerUpstream,
    meshUpstream(stack),
    '',
    otherNames(stack),
    '',
    publicServer(policy, stack),
    ...subjectHop(policy, stack),
  ]),
];

const general: readonly Line[] = [
  'server_tokens off',
  '# Nothing of what answers is named.',
  'more_clear_headers Server',
  '# The root file system is read-only.',
  ...['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((of) => `${of}_temp_path /run/nginx/${of}`),
  '',
  'client_header_timeout 10s',
  'client_body_timeout 10s',
  'send_timeout 10s',
  'keepalive_timeout 60s',
  'keepalive_requests 100000',
  'client_max_body_size 1m',
  'large_client_header_buffers 4 8k',
  'reset_timedout_connection on',
  '# Paths are compared as they were sent.',
  'merge_slashes off',
  '# A header with an underscore would be the same as one with a dash to many an application (both are defaults).',
  'underscores_in_headers off',
  'ignore_invalid_headers on',
];
