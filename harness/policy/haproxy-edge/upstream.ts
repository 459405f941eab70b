import type { Stack } from '../../model/index.ts';
import { upstreamOf } from '../upstream.ts';
import { section } from './text.ts';

const secrets = '/etc/holdfast/secrets';

/**
 * The names of the network that containers share. A next hop that moved is followed within a second; where the resolver has no
 * answer, the last address stays, for a server without one would be out of service.
 */
export const resolver = (stack: Stack): readonly (readonly string[])[] =>
  upstreamOf(stack).way === 'sidecar'
    ? []
    : [
        section('resolvers network', [
          'nameserver engine 127.0.0.11:53',
          'timeout resolve 1s',
          'timeout retry 1s',
          'hold valid 1s',
          ...['nx', 'obsolete', 'other', 'refused', 'timeout'].map((what) => `hold ${what} 1h`),
        ]),
      ];

/**
 * The way into the mesh. Nothing takes the server out of service: there is no health check, and no error counts against it.
 * Connections are kept and shared. Idle ones are closed long before a sidecar would (300 s), so that a request does not meet one
 * that is going; nobody sends it a second time if it does.
 */
export const upstream = (stack: Stack): readonly string[] => {
  const { way, host, port, name } = upstreamOf(stack);
  const tls =
    way === 'mutual-tls'
      ? [
          'ssl verify required',
          `ca-file ${secrets}/ca.pem`,
          `crt ${secrets}/cert-and-key.pem`,
          `verifyhost ${name}`,
          `sni str(${name})`,
          'alpn h2,http/1.1',
          // A resumed session would carry an authentication beyond a change of the CA (RFC 8446, section 4.6.1).
          'no-ssl-reuse',
        ]
      : [];
  const resolving = way === 'sidecar' ? [] : ['resolvers network', 'init-addr libc,none', 'resolve-prefer ipv4'];
  return section('backend mesh', [
    'http-reuse always',
    `server ${host === '127.0.0.1' ? 'sidecar' : host} ${host}:${port} ${[...resolving, ...tls, 'pool-purge-delay 30s'].join(' ')}`,
  ]);
};
