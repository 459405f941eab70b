import type { AttackReport, ControlId, Counts } from '../../harness/model/index.ts';
import { sampleDigest } from './digest.ts';

type Row = readonly [
  id: string,
  name: string,
  title: string,
  control: ControlId,
  critical: boolean,
  variants: readonly string[],
  targets: readonly string[],
];

const mesh = ['storefront', 'orders', 'payments'];
const hops = ['edge→storefront', 'storefront→orders', 'orders→payments'];

const rows: readonly Row[] = [
  [
    'E1',
    'refuses-missing-credential',
    'A request without a usable credential',
    'edge',
    true,
    ['none', 'empty', 'garbage', 'oversized'],
    ['edge'],
  ],
  [
    'E2',
    'rejects-forged-token',
    'A token whose signature proves nothing',
    'edge',
    true,
    ['alg-none', 'no-signature', 'hs256-with-public-key', 'injected-jwk', 'kid-traversal', 'zero-signature'],
    ['edge'],
  ],
  [
    'E3',
    'rejects-stale-or-foreign-token',
    'A token that is expired, not yet valid, or for somebody else',
    'edge',
    true,
    ['expired', 'not-yet-valid', 'wrong-issuer', 'wrong-audience', 'wrong-type'],
    ['edge'],
  ],
  [
    'E12',
    'strips-spoofed-identity',
    'Identity spoofed in forwarding headers',
    'edge',
    false,
    ['x-forwarded-client-cert', 'x-user', 'x-original-url'],
    ['edge'],
  ],
  [
    'E15',
    'enforces-least-privilege',
    'A valid token used beyond its privilege',
    'edge',
    true,
    ['another-subject', 'customer-refunds'],
    ['edge'],
  ],
  ['M1', 'refuses-plaintext', 'Plain HTTP to a mesh port', 'mtls', true, ['http1', 'h2c'], mesh],
  [
    'M2',
    'hides-the-workload',
    "Around the sidecar, to the workload's own port",
    'mtls',
    true,
    ['workload-port', 'admin-port'],
    mesh,
  ],
  [
    'M3',
    'refuses-bad-client-certificate',
    'A client certificate that is missing or not of this mesh',
    'mtls',
    true,
    ['none', 'self-signed', 'expired', 'wrong-ca'],
    mesh,
  ],
  [
    'M4',
    'refuses-wrong-identity',
    'A valid certificate of the wrong identity',
    'mtls',
    true,
    ['other-service', 'wrong-trust-domain'],
    mesh,
  ],
  [
    'M5',
    'refuses-impostor-server',
    "An impostor on the next hop's address",
    'mtls',
    true,
    ['self-signed', 'wrong-ca'],
    hops,
  ],
  [
    'M16',
    'resists-interception',
    'mitmproxy on the path of a hop',
    'mtls',
    true,
    ['own-ca', 'stolen-certificate', 'tamper'],
    hops,
  ],
  ['M17', 'sends-no-cleartext', 'Every mesh link captured and classified', 'mtls', true, ['capture'], hops],
  [
    'P1',
    'decides-as-the-policy',
    'Requests near the edges of every rule, compared with the policy',
    'parity',
    false,
    ['exact@browse', 'glued-suffix@browse', 'encoded-dots@browse', 'method-HEAD@browse'],
    ['edge', ...mesh],
  ],
  [
    'D1',
    'hides-administration',
    'Admin and debug endpoints, from every vantage',
    'defaults',
    false,
    ['outside', 'neighbour'],
    ['edge', ...mesh],
  ],
];

/** Share of the attempts that falls into each phase. */
const phaseShares = { rest: 0.2, spike: 0.6, recovery: 0.2 } as const;

const refusedAll = (attempts: number, clusters: number): Counts => ({
  attempts,
  clusters,
  refused: attempts,
  admitted: 0,
  served: 0,
  withheld: 0,
  indeterminate: 0,
});

/** Of a comparison with the policy, the share of the requests that the policy allows. */
const allowedShare = 0.1;

const compared = (counts: Counts): Counts => {
  const served = Math.round(counts.refused * allowedShare);
  return { ...counts, refused: counts.refused - served, served };
};

/** The one-sided 95% bound where nothing was admitted. */
const boundOf = (attempts: number): number => 1 - 0.05 ** (1 / attempts);

const build = ([id, name, title, control, critical, variants, targets]: Row, at: number): AttackReport => {
  const bound = critical ? 0.001 : 0.01;
  const required = critical ? 2995 : 299;
  const forms = variants.flatMap((variant) => targets.map((target) => ({ variant, target })));
  const each = Math.ceil((required + 25 + at) / forms.length / 5) * 5;
  const attempts = each * forms.length;
  const clusters = control === 'edge' ? attempts - forms.length * 3 : attempts;
  const countsOf = (each: number, ofClusters: number): Counts =>
    control === 'parity' ? compared(refusedAll(each, ofClusters)) : refusedAll(each, ofClusters);
  return {
    id,
    name,
    title,
    control,
    critical,
    verdict: 'pass',
    reason: null,
    required,
    bound,
    bound95: boundOf(attempts),
    bound95Clusters: boundOf(clusters),
    ...countsOf(attempts, clusters),
    phases: Object.fromEntries(
      Object.entries(phaseShares).map(([phase, share]) => [
        phase,
        countsOf(Math.round(attempts * share), Math.round(clusters * share)),
      ]),
    ),
    variants: forms.map((form) => ({ ...form, ...countsOf(each, clusters / forms.length) })),
    indeterminateReasons: [],
    secure:
      control === 'edge'
        ? 'Refused at the edge; the witness of no workload saw the request.'
        : 'The connection or the request is refused; the witness saw nothing.',
    remediation:
      'Compare the rendered configuration of the hop with the policy, and restore the rule that refuses this form.',
    sources:
      control === 'edge'
        ? ['RFC 8725 section 3.1', 'OWASP ASVS 5.0 V9.1', 'CWE-347']
        : ['RFC 8446 section 4.4.2', 'CWE-295'],
    definition: sampleDigest(`${id} ${name}`),
  };
};

/** Fourteen attacks of which everything was refused. */
export const soundAttacks: readonly AttackReport[] = rows.map(build);
