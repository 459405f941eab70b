import type { Policy } from '../../model/index.ts';
import { extension } from './extension.ts';
import type { Json } from './extension.ts';

const secrets = '/etc/holdfast/secrets';

/** The TLS floor of the policy. For TLS 1.2, if it is let in: forward secrecy and authenticated encryption only (RFC 9325, section 4.2). */
export const tlsParameters = (policy: Policy): Json => ({
  tls_minimum_protocol_version: policy.tls.minimum === '1.3' ? 'TLSv1_3' : 'TLSv1_2',
  tls_maximum_protocol_version: 'TLSv1_3',
  ...(policy.tls.minimum === '1.2'
    ? {
        cipher_suites: [
          'ECDHE-ECDSA-AES128-GCM-SHA256',
          'ECDHE-ECDSA-AES256-GCM-SHA384',
          'ECDHE-ECDSA-CHACHA20-POLY1305',
        ],
      }
    : {}),
});

/** The certificate that is mounted under `folder` (default: the member's mesh identity). */
export const ownCertificate = (folder = secrets): Json => ({
  certificate_chain: { filename: `${folder}/cert.pem` },
  private_key: { filename: `${folder}/key.pem` },
});

const trustedCa: Json = { filename: `${secrets}/ca.pem` };

/**
 * TLS of a listener in the mesh: a client certificate of the mesh's CA is required. Which identity may do what is for the
 * authorization behind it to say, in one place: were the callers matched here too, Envoy would go on to ask for a certificate
 * when nobody required one any more, and the one setting that says so could be lost without a sign.
 */
export const downstreamTls = (policy: Policy): Json =>
  extension('envoy.transport_sockets.tls', 'envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext', {
    require_client_certificate: true,
    // A resumed session would carry an authentication beyond a change of the CA or of the policy (RFC 8446, section 4.6.1).
    disable_stateless_session_resumption: true,
    disable_stateful_session_resumption: true,
    common_tls_context: {
      tls_params: tlsParameters(policy),
      tls_certificates: [ownCertificate()],
      validation_context: { trusted_ca: trustedCa },
      alpn_protocols: ['h2', 'http/1.1'],
    },
  });

/** TLS to the next member: it must prove exactly the identity `id`, and gets to see our own. */
export const upstreamTls = (policy: Policy, id: string, sni: string): Json =>
  extension('envoy.transport_sockets.tls', 'envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext', {
    sni,
    max_session_keys: 0,
    common_tls_context: {
      tls_params: tlsParameters(policy),
      tls_certificates: [ownCertificate()],
      validation_context: {
        trusted_ca: trustedCa,
        match_typed_subject_alt_names: [{ san_type: 'URI', matcher: { exact: id } }],
      },
      alpn_protocols: ['h2'],
    },
  });
