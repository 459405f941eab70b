import type { Policy } from '../../model/index.ts';

/** The versions from the floor on, as httpd names them. */
export const protocols = ({ tls: { minimum } }: Policy): string =>
  minimum === '1.3' ? '-all +TLSv1.3' : '-all +TLSv1.2 +TLSv1.3';

/**
 * TLS of the public side. httpd cannot refuse a handshake for its server name: whoever names another one, or none, is shown the
 * certificate, and refused at the first request. No session is resumed: there is nothing to keep.
 */
export const publicTls = (policy: Policy): readonly string[] => [
  `SSLProtocol ${protocols(policy)}`,
  // For TLS 1.2, if it is let in: forward secrecy and authenticated encryption only (RFC 9325, section 4.2).
  ...(policy.tls.minimum === '1.3'
    ? []
    : [
        ...['SSLCipherSuite', 'SSLProxyCipherSuite'].map(
          (directive) =>
            `${directive} ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305`,
        ),
        'SSLHonorCipherOrder on',
      ]),
  'SSLCompression off',
  'SSLSessionCache none',
  'SSLSessionTickets off',
  'SSLStrictSNIVHostCheck on',
  'SSLVHostSNIPolicy strict',
  'SSLCertificateFile /etc/holdfast/public/cert.pem',
  'SSLCertificateKeyFile /etc/holdfast/public/key.pem',
];
