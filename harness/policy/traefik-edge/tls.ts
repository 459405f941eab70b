import type { Policy } from '../../model/index.ts';

/**
 * TLS of the public name. A client that names another one, or none, is shown no certificate (`sniStrict`): Traefik would make one up
 * for it. For TLS 1.2, if it is let in: forward secrecy and authenticated encryption only (RFC 9325, section 4.2).
 */
export const tls = (policy: Policy): object => ({
  certificates: [{ certFile: '/etc/holdfast/public/cert.pem', keyFile: '/etc/holdfast/public/key.pem' }],
  options: {
    default: {
      minVersion: policy.tls.minimum === '1.3' ? 'VersionTLS13' : 'VersionTLS12',
      sniStrict: true,
      alpnProtocols: ['h2', 'http/1.1'],
      ...(policy.tls.minimum === '1.2' && {
        cipherSuites: [
          'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
          'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
          'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305',
        ],
      }),
    },
  },
});
