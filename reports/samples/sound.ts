import type { Report } from '../../harness/model/index.ts';
import { soundAttacks } from './attacks.ts';
import { sampleDigest } from './digest.ts';
import { sampleBlocks, sampleSteps } from './load.ts';
import { sampleTimeline } from './timeline.ts';

const link = (name: string, scale: number): Report['tap'][number] => ({
  link: name,
  packets: {
    arp: 12,
    'ip-other': 0,
    'tcp-control': 41_210 * scale,
    'tls-handshake': 2_904 * scale,
    'tls-data': 88_410 * scale,
    'tls-alert': 312 * scale,
    cleartext: 0,
    planted: 3,
    unclassified: 0,
  },
  connections: 1_214 * scale,
  dropped: 0,
});

/** A run of the default plan in which everything was refused. */
export const soundReport: Report = {
  schema: 'https://holdfast.dev/report/v2',
  run: 'r20261124-055000-ab12',
  startedAt: '2026-11-24T05:50:00.000Z',
  harness: '0.1.0',
  verdict: 'HOLDS',
  reasons: [],
  partial: false,
  seed: '214',
  plan: 'two-fourteen',
  stack: 'envoy-envoy',
  only: null,
  score: { value: 100, letter: 'A', caps: [], table: '1' },
  controls: [
    {
      id: 'edge',
      claim: 'Every request is authenticated and authorized at the load balancer before it touches the mesh.',
      verdict: 'pass',
      reasons: [],
    },
    {
      id: 'mtls',
      claim: 'Every service-to-service hop is mutual TLS: interception and tampering fail.',
      verdict: 'pass',
      reasons: [],
    },
    { id: 'parity', claim: 'One policy is enforced identically by edge and mesh.', verdict: 'pass', reasons: [] },
    { id: 'defaults', claim: 'Nothing rests on a default.', verdict: 'pass', reasons: [] },
  ],
  notClaimed: ['telemetry', 'framing', 'resilience'],
  attacks: soundAttacks,
  load: {
    intended: 41_872,
    sent: 41_872,
    dropped: 0,
    failed: 10,
    latenessP99Ms: 4.812,
    edgeLatenessP99Ms: 6.31,
    latencyMs: {
      rest: { p50: 2.1, p99: 11.4, p999: 19.2, requests: 1_122, leftOut: 61 },
      spike: { p50: 3.9, p99: 41.7, p999: 88.3, requests: 36_004, leftOut: 512 },
      recovery: { p50: 2.6, p99: 17.9, p999: 33.1, requests: 4_101, leftOut: 72 },
    },
    latencyBlocks: sampleBlocks({ rest: 2.1, spike: 3.9, recovery: 2.6 }),
  },
  capacity: {
    perSecond: 1_210,
    measured: true,
    clamped: false,
    peakPerSecond: 968,
    saturatedPerSecond: 1_384.67,
    steps: sampleSteps(1_210),
  },
  timeline: sampleTimeline(() => 0),
  tap: [link('edge→storefront', 3), link('storefront→orders', 2), link('orders→payments', 1)],
  losses: [],
  sabotage: {
    measured: true,
    measuredAt: '2026-11-23T21:14:00.000Z',
    total: 16,
    caught: 16,
    missed: [],
    falseAlarms: 0,
  },
  incidents: [],
  waivers: [],
  overlay: [],
  versions: { harness: '0.1.0', node: '24.21.0', envoy: '1.40.0', k6: '2.2.0', mitmproxy: '11.0.2' },
  digests: Object.fromEntries(
    [
      'plan',
      'trace',
      'policy',
      'catalogue',
      'schedule',
      'configuration',
      'harness',
      'image:envoy',
      'image:k6',
      'image:workload',
    ].map((name) => [name, sampleDigest(name)]),
  ),
  machine: { cpus: 2, memoryBytes: 8_232_112_128, kernel: '6.1.0', engine: '20.10.24' },
};
