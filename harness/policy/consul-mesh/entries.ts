import type { Policy } from '../../model/index.ts';
import type { Member } from './members.ts';

/** A configuration entry of Consul. */
export type Entry = { readonly Kind: string; readonly Name?: string; readonly [field: string]: unknown };

/** The TLS floor of the policy. For TLS 1.2: forward secrecy and authenticated encryption only (RFC 9325, section 4.2). */
const tls = ({ tls: { minimum } }: Policy): object => ({
  TLSMinVersion: minimum === '1.3' ? 'TLSv1_3' : 'TLSv1_2',
  TLSMaxVersion: 'TLSv1_3',
  ...(minimum === '1.2' && {
    CipherSuites: [
      'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
      'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
      'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
    ],
  }),
});

// No breaker of ours may open before the stack itself gives way: the load test looks for that point.
const limits = { MaxConnections: 16384, MaxPendingRequests: 16384, MaxConcurrentRequests: 16384 };

/** What holds for the whole mesh, and for each member: which protocol it speaks, and its time-outs and limits. */
export const entries = (policy: Policy, members: readonly Member[]): readonly Entry[] => [
  {
    Kind: 'mesh',
    AllowEnablingPermissiveMutualTLS: false,
    TransparentProxy: { MeshDestinationsOnly: true },
    TLS: { Incoming: tls(policy), Outgoing: tls(policy) },
    HTTP: {
      // The intentions read in this header how many identities a certificate names.
      SanitizeXForwardedClientCert: false,
      Incoming: {
        RequestNormalization: {
          // The one reading of a path is the one that was sent: the intentions let nothing pass that is not canonical.
          InsecureDisablePathNormalization: true,
          MergeSlashes: false,
          PathWithEscapedSlashesAction: 'REJECT_REQUEST',
          HeadersWithUnderscoresAction: 'REJECT_REQUEST',
        },
      },
    },
  },
  {
    Kind: 'proxy-defaults',
    Name: 'global',
    MutualTLSMode: 'strict',
    AccessLogs: { Enabled: false },
    Config: { protocol: 'http' },
  },
  ...members.map(({ id }) => ({
    Kind: 'service-defaults',
    Name: id,
    // Intentions on methods and paths are enforced where the protocol is HTTP, and nowhere else.
    Protocol: 'http',
    MutualTLSMode: 'strict',
    MaxInboundConnections: 8000,
    LocalConnectTimeoutMs: 1000,
    LocalRequestTimeoutMs: 15000,
    UpstreamConfig: {
      Defaults: {
        ConnectTimeoutMs: 1000,
        Limits: limits,
        // There is one instance of each service: benching it would take it from everyone.
        PassiveHealthCheck: { EnforcingConsecutive5xx: 0 },
      },
    },
  })),
];
