import { compare, postureOf } from '../../harness/compare/index.ts';
import type { Comparison, Gate, Report } from '../../harness/model/index.ts';
import { slowReport } from '../samples/slow.ts';
import { soundReport } from '../samples/sound.ts';
import { reason } from '../../harness/model/index.ts';

/** The gate of the samples: that of scenarios/gates changes with what is measured, and the golden files must not. */
export const sampleGate: Gate & { readonly file: string } = {
  id: 'sample',
  file: 'scenarios/gates/sample.yaml',
  description: 'For the samples.',
  alpha: 0.01,
  fail: ['verdict', 'control *', 'attack *', 'incident *', 'throughput', 'floor *', 'latency * p99', 'failed'],
  need: ['verdict', 'attack *'],
  least: { latencyMs: 5, latencyRatio: 1.25, floorMs: 1, capacityRatio: 1.1, failedShare: 0.001, scorePoints: 1 },
  spread: { runs: 5, measuredOver: 30, throughput: 0.08, floor: 0.1, p50: 0.2, p99: 0.3 },
};

const configuration = (certificate: boolean): ReadonlyMap<string, string> =>
  new Map([
    ['edge/envoy.yaml', 'node:\n  id: edge\n'],
    [
      'orders/envoy.yaml',
      [
        'node:',
        '  id: orders',
        'transport_socket:',
        '  common_tls_context: *mesh',
        `  require_client_certificate: ${certificate}`,
        '  session_timeout: 0s',
        '',
      ].join('\n'),
    ],
  ]);

const worse: Report = {
  ...slowReport,
  versions: { ...slowReport.versions, envoy: '1.41.0' },
  digests: { ...slowReport.digests, configuration: 'c0ffee'.repeat(10), 'image envoy': 'sha256:beef' },
};

/** The same stack twice: nothing but the seed differs. */
export const quietComparison: Comparison = compare(
  { label: 'main', postures: [postureOf(soundReport)], files: null },
  {
    label: 'reports/runs/r20261125-055000-ab12',
    postures: [
      postureOf({ ...soundReport, run: 'r20261125-055000-ab12', startedAt: '2026-11-25T05:50:00.000Z', seed: '215' }),
    ],
    files: null,
  },
  sampleGate,
  '0.1.0',
);

/** Sound before; after, an overlay let three attacks in, the spike is slower, and less is borne. */
export const worseComparison: Comparison = compare(
  { label: 'main', postures: [postureOf(soundReport)], files: configuration(true) },
  { label: 'reports/runs/r20261124-061500-cd34', postures: [postureOf(worse)], files: configuration(false) },
  sampleGate,
  '0.1.0',
);

/** The other way round: what was admitted is refused now. */
export const betterComparison: Comparison = compare(
  { label: 'before.json', postures: [postureOf(worse)], files: null },
  { label: 'after.json', postures: [postureOf(soundReport)], files: null },
  sampleGate,
  '0.1.0',
);

/** Another plan, and an instrument that was not fit. */
export const unlikeComparison: Comparison = compare(
  { label: 'main', postures: [postureOf(soundReport)], files: null },
  {
    label: 'reports/runs/r20261126-055000-ef56',
    postures: [
      postureOf({
        ...soundReport,
        run: 'r20261126-055000-ef56',
        startedAt: '2026-11-26T05:50:00.000Z',
        plan: 'nightly',
        verdict: 'INVALID',
        reasons: [reason('arrivals-dropped', { dropped: 21, intended: 1000, limitShare: 0.001 })],
        digests: { ...soundReport.digests, plan: 'facade'.repeat(10) },
      }),
    ],
    files: null,
  },
  sampleGate,
  '0.1.0',
);
