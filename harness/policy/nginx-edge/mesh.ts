import type { Stack } from '../../model/index.ts';
import { upstreamOf } from '../upstream.ts';
import { block } from './text.ts';
import type { Block, Line } from './text.ts';

/**
 * The first service. A failure does not bench it. nginx resolves the name when it starts. Connections are kept, but fewer minutes
 * than the other side keeps them.
 */
export const meshUpstream = (stack: Stack): Block => {
  const { host, port } = upstreamOf(stack);
  return block('upstream mesh', [
    `server ${host}:${port} max_fails=0`,
    'keepalive 512',
    'keepalive_requests 100000',
    'keepalive_timeout 60s',
  ]);
};

/**
 * For a location: into the mesh. Towards a mesh of mutual TLS the server must prove its name by the mesh's authority; nothing of
 * that is nginx's default. The target goes on as it was sent: no URI stands behind the name.
 */
export const toMesh = (stack: Stack): readonly Line[] => {
  const { way, name } = upstreamOf(stack);
  if (way !== 'mutual-tls') return ['proxy_pass http://mesh', ...once];
  return [
    'proxy_pass https://mesh',
    'proxy_ssl_protocols TLSv1.3',
    'proxy_ssl_certificate /etc/holdfast/secrets/cert.pem',
    'proxy_ssl_certificate_key /etc/holdfast/secrets/key.pem',
    'proxy_ssl_trusted_certificate /etc/holdfast/secrets/ca.pem',
    'proxy_ssl_verify on',
    'proxy_ssl_verify_depth 2',
    'proxy_ssl_server_name on',
    `proxy_ssl_name ${name}`,
    ...once,
  ];
};

/** For a location that passes a request on. No retries: one would hide the brief failure that is looked for. */
export const once: readonly Line[] = [
  'proxy_http_version 1.1',
  'proxy_set_header Connection ""',
  'proxy_next_upstream off',
  'proxy_connect_timeout 1s',
  'proxy_send_timeout 15s',
  'proxy_read_timeout 15s',
];
