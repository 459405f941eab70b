import type { Stack } from '../../model/index.ts';
import { upstreamOf } from '../upstream.ts';
import type { UpstreamTarget } from '../upstream.ts';

const secrets = '/etc/holdfast/secrets';

// Idle connections are closed before the sidecar would, so that it is never it who closes one on which a request is under way.
const forwardingTimeouts = { dialTimeout: '1s', responseHeaderTimeout: '15s', idleConnTimeout: '60s' };

/**
 * Over HTTP/1.1 Traefik sends a GET again when the kept connection that it took turns out to be dead, and no option says otherwise.
 * Over HTTP/2 it sends again only what the server says it did not look at. So it is HTTP/2 to a sidecar, with prior knowledge where
 * there is no TLS to agree on it; and to a workload, which speaks HTTP/1.1, no connection is kept.
 */
const schemes = { 'mutual-tls': 'https', sidecar: 'h2c', clear: 'http' } as const;

/**
 * With mutual TLS the server's certificate must come from the mesh's CA, for its DNS name and with its SPIFFE path: `peerCertURI`
 * compares the path alone, whatever the trust domain, so the name is asked for as well.
 */
const transport = ({ way, name, identity }: UpstreamTarget): object => {
  if (way === 'clear') return { maxIdleConnsPerHost: -1, forwardingTimeouts };
  if (way === 'sidecar') return { forwardingTimeouts };
  return {
    serverName: name,
    peerCertURI: identity,
    rootCAs: [`${secrets}/ca.pem`],
    certificates: [{ certFile: `${secrets}/cert.pem`, keyFile: `${secrets}/key.pem` }],
    forwardingTimeouts,
  };
};

/** The way to the first service. */
export const mesh = (stack: Stack): { readonly serversTransports: object; readonly services: object } => {
  const target = upstreamOf(stack);
  return {
    serversTransports: { mesh: transport(target) },
    services: {
      mesh: {
        loadBalancer: {
          serversTransport: 'mesh',
          passHostHeader: true,
          servers: [{ url: `${schemes[target.way]}://${target.host}:${target.port}` }],
        },
      },
    },
  };
};
