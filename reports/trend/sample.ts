import type { Report } from '../../harness/model/index.ts';
import { buildTrend } from '../../harness/trend/index.ts';
import type { Night, Trend } from '../../harness/trend/index.ts';
import { brokenReport } from '../samples/broken.ts';
import { soundReport } from '../samples/sound.ts';

/** A gate for the samples: what is measured for that of scenarios/gates must not change the golden files. */
export const sampleGate = {
  id: 'sample',
  least: { latencyMs: 5, latencyRatio: 1.25, floorMs: 1, capacityRatio: 1.1, failedShare: 0.001, scorePoints: 1 },
  spread: { runs: 5, measuredOver: 30, throughput: 0.05, floor: 0.1, p50: 0.2, p99: 0.3 },
};

/** A report as a night of a folder, `day` days after the first of November. */
export const sampleNight = (report: Report, day: number, over: Partial<Night> = {}): Night => {
  const date = `2026-11-${String(day + 1).padStart(2, '0')}`;
  return {
    ...report,
    run: `r${date.replaceAll('-', '')}-021400-ab12`,
    startedAt: `${date}T02:14:00.000Z`,
    place: `${date}/${report.stack}/report.json`,
    page: `${date}/${report.stack}/report.html`,
    asExpected: null,
    ...over,
  };
};

const times = (value: number | null, by: number): number | null => (value === null ? null : value * by);

/** The sound report, its rates and latencies a little different each night. */
export const steadyNight = (day: number, factor = 1, over: Partial<Night> = {}): Night => {
  const wobble = 1 + (((day * 7) % 5) - 2) / 50;
  return sampleNight(soundReport, day, {
    capacity: soundReport.capacity && {
      ...soundReport.capacity,
      saturatedPerSecond: Math.round((soundReport.capacity.saturatedPerSecond ?? 0) * factor * wobble),
    },
    load: {
      ...soundReport.load,
      latencyMs: Object.fromEntries(
        Object.entries(soundReport.load.latencyMs).map(([phase, { p50, p99 }]) => [
          phase,
          { p50: times(p50, wobble), p99: times(p99, wobble) },
        ]),
      ),
    },
    ...over,
  });
};

const newer = { ...soundReport.versions, envoy: '1.41.0' };

/** Two weeks: a night that is broken, one that is INVALID, an image that changes and with it the throughput, and a second stack. */
export const sampleTrend: Trend = buildTrend(
  [
    ...[0, 1, 2, 3, 4].map((day) => steadyNight(day)),
    sampleNight(brokenReport, 5),
    steadyNight(6),
    sampleNight(brokenReport, 7, { page: null }),
    steadyNight(8, 1, { verdict: 'INVALID' }),
    steadyNight(9),
    ...[10, 11, 12, 13].map((day) => steadyNight(day, 0.6, { versions: newer })),
    ...[12, 13].map((day) =>
      sampleNight({ ...brokenReport, stack: 'nginx-defaults' }, day, { asExpected: true, capacity: null }),
    ),
  ],
  [{ place: '2026-11-06/haproxy-istio', reason: 'a run without a report.json: it did not finish' }],
  sampleGate,
  '0.1.0',
);

/** The first night of all. */
export const firstTrend: Trend = buildTrend([steadyNight(0)], [], sampleGate, '0.1.0');
