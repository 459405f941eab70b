import type { Policy, Stack } from '../../model/index.ts';
import { rootNamespace } from './names.ts';
import type { Value } from './resource.ts';

/** Port of the control plane for xDS and certificates, over TLS. */
const controlPlanePort = 15012;

/** The template from which the agent starts Envoy, in the image: metrics and readiness answer on the loopback alone. */
const bootstrapTemplate = '/var/lib/istio/envoy/envoy_bootstrap_loopback_tmpl.json';

/**
 * The configuration of the mesh, which control plane and agents read. A control plane that finds a mistake in it goes on with its
 * defaults: the test of this compiler lets the real one read it.
 */
export const meshConfig = (policy: Policy, stack: Stack): { readonly [key: string]: Value } => ({
  trustDomain: stack.trustDomain,
  rootNamespace,
  // The TLS floor of the policy. For TLS 1.2: forward secrecy and authenticated encryption only (RFC 9325, section 4.2).
  meshMTLS:
    policy.tls.minimum === '1.3'
      ? { minProtocolVersion: 'TLSV1_3' }
      : {
          minProtocolVersion: 'TLSV1_2',
          cipherSuites: [
            'ECDHE-ECDSA-AES128-GCM-SHA256',
            'ECDHE-ECDSA-AES256-GCM-SHA384',
            'ECDHE-ECDSA-CHACHA20-POLY1305',
          ],
        },
  outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
  // The one reading of a path is the one that was sent: every other spelling is refused.
  pathNormalization: { normalization: 'NONE' },
  connectTimeout: '1s',
  dnsRefreshRate: '1s',
  enableTracing: false,
  defaultConfig: {
    discoveryAddress: `${stack.controlPlane!.service}:${controlPlanePort}`,
    concurrency: 1,
    proxyBootstrapTemplatePath: bootstrapTemplate,
    // A collector that is not there would be waited for.
    tracing: {},
    runtimeValues: {
      // Istio cuts a fragment off a path and goes on; here such a request is refused.
      'envoy.reloadable_features.http_reject_path_with_fragment': 'true',
      // Set by this agent, and known to this Envoy no longer.
      'envoy.restart_features.use_eds_cache_for_ads': '',
    },
    proxyHeaders: {
      // What a caller says of certificates is thrown away: the rules read in this header what our own TLS layer saw.
      forwardedClientCert: 'SANITIZE_SET',
      server: { disabled: true },
      envoyDebugHeaders: { disabled: true },
      attemptCount: { disabled: true },
      metadataExchangeHeaders: { mode: 'IN_MESH' },
    },
  },
});
