import type { Stack } from '../../model/index.ts';
import { upstreamOf } from '../upstream.ts';

const secrets = '/etc/holdfast/secrets';

// Idle connections are closed before the sidecar would, so that it is never it who closes one on which a request is under way.
const forwardingTimeouts = { dialTimeout: '1s', responseHeaderTimeout: '15s', idleConnTimeout: '60s' };

/**
 * The way to the first service. With mutual TLS its certificate must come from the mesh's CA, for its DNS name and with its SPIFFE
 * path: `peerCertURI` compares the path alone, whatever the trust domain, so the name is asked for as well.
 */
export const mesh = (stack: Stack): { readonly serversTransports: object; readonly services: object } => {
  const { way, host, port, name, identity } = upstreamOf(stack);
  const secure = way === 'mutual-tls';
  return {
    serversTransports: {
      mesh: {
        ...(secure && {
          serverName: name,
          peerCertURI: identity,
          rootCAs: [`${secrets}/ca.pem`],
          certificates: [{ certFile: `${secrets}/cert.pem`, keyFile: `${secrets}/key.pem` }],
        }),
        // The transport that sends nothing twice speaks HTTP/1.1 only, and wants room for every connection that it opens.
        disableHTTP2: true,
        maxIdleConnsPerHost: 4096,
        forwardingTimeouts,
      },
    },
    services: {
      mesh: {
        loadBalancer: {
          serversTransport: 'mesh',
          passHostHeader: true,
          servers: [{ url: `${secure ? 'https' : 'http'}://${host}:${port}` }],
        },
      },
    },
  };
};
