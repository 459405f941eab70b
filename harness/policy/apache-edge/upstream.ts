import type { Policy, Stack } from '../../model/index.ts';
import { upstreamOf } from '../upstream.ts';
import { protocols } from './tls.ts';

const secrets = '/etc/holdfast/secrets';

/**
 * The way into the mesh. Nothing benches the next hop (retry=0, status=+I), nothing is sent to it twice (no ping, and httpd repeats
 * nothing else), its name is looked up again each five seconds, and idle connections are closed long before a sidecar would
 * (300 s). httpd checks the name of the URL against the certificate, so the URL has the name that is in it.
 */
export const upstream = (policy: Policy, stack: Stack): readonly string[] => {
  const { way, host, port, name } = upstreamOf(stack);
  const mutual = way === 'mutual-tls';
  const url = mutual ? `https://${name}:${port}/` : `http://${host}:${port}/`;
  const worker = 'retry=0 status=+I connectiontimeout=1 timeout=15 ttl=60 disablereuse=off addressttl=5';
  return [
    'ProxyRequests Off',
    'ProxyVia Off',
    'ProxyAddHeaders Off',
    // With the host of the client, httpd would also check the certificate for that.
    `ProxyPreserveHost ${mutual ? 'Off' : 'On'}`,
    ...(mutual
      ? [
          'SSLProxyEngine on',
          `SSLProxyProtocol ${protocols(policy)}`,
          'SSLProxyVerify require',
          `SSLProxyCACertificateFile ${secrets}/ca.pem`,
          'SSLProxyCheckPeerName on',
          'SSLProxyCheckPeerExpire on',
          `SSLProxyMachineCertificateFile ${secrets}/cert-and-key.pem`,
        ]
      : []),
    `ProxyPass / ${url} ${worker}`,
  ];
};
