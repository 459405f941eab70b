import type { AttackReport, Counts, Incident, Report, SourcePlace, Reason } from '../../harness/model/index.ts';
import { sampleTimeline } from './timeline.ts';
import { soundReport } from './sound.ts';
import { reason } from '../../harness/model/index.ts';

const minus = (counts: Counts, admitted: number): Counts => ({
  ...counts,
  refused: counts.refused - admitted,
  admitted,
});

/** The same attack with admissions in one form, `inPhases` saying how many in each phase. */
const admit = (
  attack: AttackReport,
  variant: string,
  target: string,
  inPhases: Readonly<Record<string, number>>,
  bound95: number,
): AttackReport => {
  const admitted = Object.values(inPhases).reduce((a, b) => a + b, 0);
  return {
    ...attack,
    ...minus(attack, admitted),
    verdict: 'fail',
    reason: reason('admitted', { admitted, attempts: attack.attempts }),
    bound95,
    bound95Clusters: bound95,
    phases: Object.fromEntries(
      Object.entries(attack.phases).map(([phase, counts]) => [phase, minus(counts, inPhases[phase] ?? 0)]),
    ),
    variants: attack.variants.map((form) =>
      form.variant === variant && form.target === target ? { ...form, ...minus(form, admitted) } : form,
    ),
  };
};

/** An attack whose evidence was not enough. */
const blur = (attack: AttackReport): AttackReport => ({
  ...attack,
  refused: attack.refused - 128,
  indeterminate: 128,
  variants: attack.variants.map((form) =>
    form.variant === 'outside' ? { ...form, refused: form.refused - 32, indeterminate: 32 } : form,
  ),
  verdict: 'unknown',
  reason: reason('too-few-attempts', { held: 232, needed: 299, bound: 0.01 }),
  bound95: 0.01283,
  bound95Clusters: 0.01283,
  indeterminateReasons: [
    { reason: reason('not-answered-in-time'), count: 12 },
    { reason: reason('twin-failed'), count: 116 },
  ],
});

/** The same comparison with requests that were decided otherwise: let in by the edge, and turned away. */
const differ = (attack: AttackReport): AttackReport => {
  const part = (counts: Counts, admitted: number, withheld: number): Counts => ({
    ...counts,
    refused: counts.refused - admitted,
    served: counts.served - withheld,
    admitted,
    withheld,
  });
  return {
    ...attack,
    ...part(attack, 3, 2),
    verdict: 'fail',
    reason: reason('decided-otherwise', { than: 'policy', attempts: attack.attempts, admitted: 3, withheld: 2 }),
    bound95: 0.03,
    bound95Clusters: 0.03,
    phases: Object.fromEntries(
      Object.entries(attack.phases).map(([phase, counts]) => [phase, phase === 'spike' ? part(counts, 3, 2) : counts]),
    ),
    variants: attack.variants.map((form) =>
      form.target !== 'edge'
        ? form
        : form.variant.startsWith('glued')
          ? { ...form, ...part(form, 3, 0) }
          : form.variant.startsWith('exact')
            ? { ...form, ...part(form, 0, 2) }
            : form,
    ),
  };
};

const change: Readonly<Record<string, (attack: AttackReport) => AttackReport>> = {
  E3: (attack) => admit(attack, 'expired', 'edge', { rest: 0, spike: 37, recovery: 0 }, 0.01611),
  E12: (attack) => admit(attack, 'x-forwarded-client-cert', 'edge', { rest: 21, spike: 65, recovery: 21 }, 0.36944),
  M3: (attack) => admit(attack, 'none', 'orders', { rest: 51, spike: 153, recovery: 51 }, 0.09297),
  P1: differ,
  D1: blur,
};

type Evidence = Incident['evidence'][number];

const incident = (
  attack: AttackReport,
  form: Pick<Incident, 'variant' | 'target' | 'hop' | 'firstMs' | 'lastMs' | 'request' | 'places'>,
  evidence: readonly (Partial<Evidence> & Pick<Evidence, 'seq' | 'atMs' | 'attacker' | 'witness'>)[],
  admitted = attack.admitted,
): Incident => ({
  id: `${attack.id}-${form.variant}-${form.target}`,
  attack: attack.id,
  title: attack.title,
  control: attack.control,
  critical: attack.critical,
  ...form,
  admitted,
  of: attack.variants.find((each) => each.variant === form.variant && each.target === form.target)?.attempts ?? 0,
  phases: Object.keys(attack.phases).filter((phase) => (attack.phases[phase]?.admitted ?? 0) > 0),
  evidence: evidence.map((entry) => ({ request: null, decisions: [], ...entry })),
  remediation: attack.remediation,
});

const policyAt = (line: number, part: string): SourcePlace => ({ file: 'fixtures/policy/shop.yaml', line, part });
const planOf = (id: string): SourcePlace => ({
  file: 'scenarios/plans/two-fourteen.yaml',
  line: 37,
  part: `attacks.${id}`,
});

const attacks = soundReport.attacks.map((attack) => change[attack.id]?.(attack) ?? attack);
const attack = (id: string): AttackReport => {
  const found = attacks.find((each) => each.id === id);
  if (found === undefined) throw new Error(`the sample has no attack ${id}`);
  return found;
};

const incidents: readonly Incident[] = [
  incident(
    attack('M3'),
    {
      variant: 'none',
      target: 'orders',
      hop: 'neighbour→orders',
      firstMs: 1_204.118,
      lastMs: 71_402.5,
      places: [policyAt(43, 'calls.storefront-orders'), planOf('M3')],
      request: 'GET /orders/alice/1 HTTP/1.1\nhost: orders\nx-holdfast-id: {id}\n\n(TLS 1.3, no client certificate)',
    },
    [
      {
        seq: 116,
        atMs: 1_204.118,
        attacker: 'HTTP 200',
        witness: ['orders at 1206.020 ms: GET /orders/alice/1, peer: none'],
      },
      {
        seq: 131,
        atMs: 1_377.4,
        attacker: 'HTTP 200',
        witness: ['orders at 1378.911 ms: GET /orders/alice/1, peer: none'],
      },
      {
        seq: 9_402,
        atMs: 31_250,
        attacker: 'HTTP 504',
        witness: [
          'orders at 31264.250 ms: GET /orders/alice/1, peer: none',
          'payments at 31270.002 ms: POST /checkout/alice, peer: spiffe://shop.holdfast.test/orders',
        ],
      },
    ],
  ),
  incident(
    attack('E3'),
    {
      variant: 'expired',
      target: 'edge',
      hop: 'outside→edge',
      firstMs: 27_011.2,
      lastMs: 28_930.7,
      places: [policyAt(8, 'authentication'), planOf('E3')],
      request:
        'GET /orders/alice/1 HTTP/1.1\nhost: shop.holdfast.test\nauthorization: Bearer <token of alice, expired>\nx-holdfast-id: {id}',
    },
    [
      {
        seq: 8_120,
        atMs: 27_011.2,
        attacker: 'HTTP 200',
        witness: [
          'storefront at 27013.874 ms: GET /orders/alice/1, peer: spiffe://shop.holdfast.test/edge',
          'orders at 27015.100 ms: GET /orders/alice/1, peer: spiffe://shop.holdfast.test/storefront',
        ],
      },
    ],
  ),
  incident(
    attack('E12'),
    {
      variant: 'x-forwarded-client-cert',
      target: 'edge',
      hop: 'outside→edge',
      firstMs: 804.5,
      lastMs: 71_660.1,
      request:
        'GET /catalogue HTTP/1.1\nhost: shop.holdfast.test\nauthorization: Bearer <token of alice>\nx-forwarded-client-cert: By={marker}\nx-holdfast-id: {id}',
    },
    [
      {
        seq: 77,
        atMs: 804.5,
        attacker: 'HTTP 200',
        witness: ['storefront at 806.300 ms: GET /catalogue, x-forwarded-client-cert carried the marker'],
      },
    ],
  ),
  incident(
    attack('P1'),
    {
      variant: 'glued-suffix@browse',
      target: 'edge',
      hop: 'outside→edge',
      firstMs: 30_112.4,
      lastMs: 44_907.9,
      places: [policyAt(20, 'rules'), planOf('P1')],
      request:
        '(TLS to edge:8443, no client certificate)\nGET /cataloguex HTTP/1.1\nauthorization: Bearer <valid token: sub=mallory>',
    },
    [
      {
        seq: 4_611,
        atMs: 30_112.4,
        attacker: 'got 404 after 6 ms',
        witness: ['the edge logged 404 via_upstream', 'storefront saw GET /cataloguex at 30.115 s'],
        decisions: [{ at: 'edge', enforcer: 'envoy-edge', policy: 'deny', by: ['rules'], did: 'allow' }],
      },
      {
        seq: 5_004,
        atMs: 33_950,
        attacker: 'got 404 after 4 ms',
        witness: ['the edge logged 404 via_upstream', 'storefront saw GET /catalogue-old at 33.953 s'],
        request:
          '(TLS 1.2 to edge:8443, no client certificate)\nGET /catalogue-old HTTP/1.1\nauthorization: Bearer <valid token: sub=mallory>',
        decisions: [{ at: 'edge', enforcer: 'envoy-edge', policy: 'deny', by: ['tls', 'rules'], did: 'allow' }],
      },
    ],
    3,
  ),
  incident(
    attack('P1'),
    {
      variant: 'exact@browse',
      target: 'edge',
      hop: 'outside→edge',
      firstMs: 31_000,
      lastMs: 39_000.5,
      places: [policyAt(21, 'rules.browse-catalogue'), planOf('P1')],
      request:
        '(TLS to edge:8443, no client certificate)\nGET /catalogue HTTP/1.1\nauthorization: Bearer <valid token: sub=mallory>',
    },
    [
      {
        seq: 4_702,
        atMs: 31_000,
        attacker: 'got 403 after 3 ms',
        witness: ['the edge logged 403 rbac_access_denied'],
        decisions: [
          { at: 'edge', enforcer: 'envoy-edge', policy: 'allow', by: ['rules.browse'], did: 'deny' },
          {
            at: 'storefront',
            enforcer: 'envoy-mesh',
            policy: 'allow',
            by: ['calls.edge-storefront'],
            did: 'not asked',
          },
        ],
      },
    ],
    2,
  ),
];

const got = (attack: string, admitted: number, attempts: number): Reason =>
  reason('attack', { attack, verdict: 'fail', reason: reason('admitted', { admitted, attempts }) });
const caps = (attack: string): Reason =>
  reason('attack-caps', { attack, critical: true, verdict: 'fail', reason: null });
const open = reason('attack', {
  attack: 'D1',
  verdict: 'unknown',
  reason: reason('too-few-attempts', { held: 232, needed: 299, bound: 0.01 }),
});

/** A run of the default plan, over an overlay, with three incidents, an unknown and a loss. */
export const brokenReport: Report = {
  ...soundReport,
  run: 'r20261124-061500-cd34',
  startedAt: '2026-11-24T06:15:00.000Z',
  verdict: 'BROKEN',
  reasons: incidents.map((each) => got(each.attack, each.admitted, each.of)),
  score: {
    value: 52,
    letter: 'F',
    table: '1',
    caps: [
      { letter: 'F', reason: caps('M3') },
      { letter: 'F', reason: caps('E3') },
    ],
  },
  controls: soundReport.controls.map((control) =>
    control.id === 'edge'
      ? {
          ...control,
          verdict: 'fail',
          reasons: [got('E3', 37, 400), got('E12', 107, 400)],
        }
      : control.id === 'mtls'
        ? { ...control, verdict: 'fail', reasons: [got('M3', 255, 300)] }
        : control.id === 'parity'
          ? { ...control, verdict: 'fail', reasons: [got('P1', 5, 300)] }
          : { ...control, verdict: 'unknown', reasons: [open] },
  ),
  attacks,
  timeline: sampleTimeline((second) => (second === 27 ? 24 : second === 28 ? 19 : second % 2 === 0 ? 8 : 2)),
  losses: [{ observer: 'edge-log', code: 'unreadable', count: 3, data: {} }],
  sabotage: { measured: false, measuredAt: null, total: 0, caught: 0, missed: [], falseAlarms: 0 },
  incidents,
  waivers: [
    {
      enforcer: 'envoy-edge',
      part: 'rules.refund',
      reason: 'until the next release',
      expires: '2027-03-31',
      inForce: true,
      explained: 4,
    },
    {
      enforcer: 'envoy-mesh',
      part: 'calls.storefront-orders',
      reason: 'for the launch',
      expires: '2026-10-31',
      inForce: false,
      explained: 0,
    },
  ],
  overlay: [
    {
      file: 'orders/envoy.yaml',
      diff: '--- orders/envoy.yaml\n+++ orders/envoy.yaml\n@@ -41,3 +41,3 @@\n             common_tls_context: *mesh\n-          require_client_certificate: true\n+          require_client_certificate: false\n             session_timeout: 0s',
    },
  ],
};
