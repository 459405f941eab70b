import { openRoute, permittedTwin } from '../../../harness/declare/forms/index.ts';
import type { Attack, Form, Hello, Policy, Twin, Vantage } from '../../../harness/model/index.ts';

const strong = ['TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384'];
const old = [
  'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
  'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
  'TLS_RSA_WITH_AES_128_CBC_SHA',
];

/** Suites that no server may choose, by what is wrong with them; RFC 9325, section 4.1. */
const weak: Readonly<Record<string, readonly string[]>> = {
  'no-encryption': ['TLS_ECDHE_ECDSA_WITH_NULL_SHA', 'TLS_RSA_WITH_NULL_SHA', 'TLS_RSA_WITH_NULL_SHA256'],
  'export-strength': ['TLS_RSA_EXPORT_WITH_RC4_40_MD5', 'TLS_RSA_EXPORT_WITH_DES40_CBC_SHA'],
  rc4: ['TLS_ECDHE_ECDSA_WITH_RC4_128_SHA', 'TLS_RSA_WITH_RC4_128_SHA'],
  'triple-des': ['TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA', 'TLS_RSA_WITH_3DES_EDE_CBC_SHA'],
  anonymous: [
    'TLS_ECDH_anon_WITH_AES_128_CBC_SHA',
    'TLS_DH_anon_WITH_AES_128_CBC_SHA',
    'TLS_DH_anon_WITH_AES_128_GCM_SHA256',
  ],
  'no-forward-secrecy': [
    'TLS_RSA_WITH_AES_128_GCM_SHA256',
    'TLS_RSA_WITH_AES_256_GCM_SHA384',
    'TLS_RSA_WITH_AES_256_CBC_SHA',
  ],
};

const hellosOf = ({ tls }: Policy): Readonly<Record<string, Hello>> => ({
  'ssl-3.0': { version: 'ssl-3.0', suites: ['TLS_RSA_WITH_AES_128_CBC_SHA', 'TLS_RSA_WITH_3DES_EDE_CBC_SHA'] },
  'tls-1.0': { version: '1.0', suites: old },
  'tls-1.1': { version: '1.1', suites: old },
  ...(tls.minimum === '1.3' && { 'tls-1.2': { version: '1.2' as const, suites: [...strong, ...old] } }),
  ...Object.fromEntries(Object.entries(weak).map(([name, suites]) => [name, { version: '1.2' as const, suites }])),
});

const formsAt = (policy: Policy, to: string, port: number, vantage: Vantage, twin: Twin): readonly Form[] =>
  Object.entries(hellosOf(policy)).map(([variant, hello]) => ({
    variant,
    target: to,
    vantage,
    send: { to, port, transport: 'hello', hello, freshShare: 1, http: { method: 'GET', path: '/', headers: [] } },
    twin,
    evidence: 'handshake',
  }));

/** P2: each hello at the edge, for which the replayed traffic is the twin, and at every mesh port. */
export const attack: Attack = {
  attempts: (context) => {
    const { policy, stack } = context;
    return [
      ...formsAt(policy, 'edge', stack.edge.port, 'outside', { kind: 'traffic', route: openRoute(context).id }),
      ...stack.services.flatMap((service) =>
        formsAt(policy, service.id, service.meshPort, 'neighbour', permittedTwin(context, service)),
      ),
    ];
  },
};
