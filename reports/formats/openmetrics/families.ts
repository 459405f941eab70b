import type { Report } from '../../../harness/model/index.ts';
import { attemptVerdicts } from '../../../harness/model/index.ts';
import { states } from './family.ts';
import type { Family, Sample } from './family.ts';

const seconds = (ms: number | null): number | null => (ms === null ? null : ms / 1000);

const runFamilies = (report: Report): readonly Family[] => [
  {
    name: 'holdfast_run',
    type: 'info',
    help: 'The run that these metrics are of.',
    samples: [{ suffix: '_info', labels: { run: report.run, seed: report.seed, version: report.harness }, value: 1 }],
  },
  {
    name: 'holdfast_run_started_timestamp_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'When the run began.',
    samples: [{ value: finite(seconds(Date.parse(report.startedAt))) }],
  },
  {
    name: 'holdfast_verdict',
    type: 'stateset',
    help: 'Verdict of the run. INVALID: the instrument itself was not fit.',
    samples: states('holdfast_verdict', ['HOLDS', 'BROKEN', 'UNKNOWN', 'INVALID'], report.verdict),
  },
  {
    name: 'holdfast_score',
    type: 'gauge',
    help: 'Score of the run, 0 to 100.',
    samples: [{ value: report.score.value }],
  },
  {
    name: 'holdfast_letter',
    type: 'stateset',
    help: 'Letter of the run, after its caps.',
    samples: states('holdfast_letter', ['A', 'B', 'C', 'D', 'E', 'F'], report.score.letter),
  },
  {
    name: 'holdfast_incidents',
    type: 'gauge',
    help: 'Incidents: forms of attacks that got through, or differences from the policy.',
    samples: [{ value: report.incidents.length }],
  },
  {
    name: 'holdfast_control_verdict',
    type: 'stateset',
    help: 'Verdict of each control that the plan has attacks for.',
    samples: report.controls.flatMap(({ id, verdict }) =>
      states('holdfast_control_verdict', ['pass', 'fail', 'unknown'], verdict, { control: id }),
    ),
  },
];

const attackFamilies = ({ attacks }: Report): readonly Family[] => {
  const each = (value: (attack: Report['attacks'][number]) => number | null): readonly Sample[] =>
    attacks.map((attack) => ({ labels: { attack: attack.id, control: attack.control }, value: value(attack) }));
  return [
    {
      name: 'holdfast_attack_verdict',
      type: 'stateset',
      help: 'Verdict of each attack that the plan requires.',
      samples: attacks.flatMap(({ id, control, verdict }) =>
        states('holdfast_attack_verdict', ['pass', 'fail', 'unknown'], verdict, { attack: id, control }),
      ),
    },
    {
      name: 'holdfast_attempts',
      type: 'gauge',
      help: 'Attempts by attack and outcome. indeterminate is never counted as refused.',
      samples: attacks.flatMap((attack) =>
        attemptVerdicts.map((outcome) => ({
          labels: { attack: attack.id, control: attack.control, outcome },
          value: attack[outcome],
        })),
      ),
    },
    {
      name: 'holdfast_clusters',
      type: 'gauge',
      help: 'Independent clusters of attempts by attack: attempts that share a connection are one.',
      samples: each(({ clusters }) => clusters),
    },
    {
      name: 'holdfast_bound_ratio',
      type: 'gauge',
      unit: 'ratio',
      help: 'One-sided 95% Clopper-Pearson upper bound on the admitted share, by attack.',
      samples: each(({ bound95 }) => bound95),
    },
    {
      name: 'holdfast_bound_asked_ratio',
      type: 'gauge',
      unit: 'ratio',
      help: 'The bound that the plan asks for, by attack.',
      samples: each(({ bound }) => bound),
    },
  ];
};

const loadFamilies = ({ load, capacity }: Report): readonly Family[] => [
  {
    name: 'holdfast_requests',
    type: 'gauge',
    help: 'Legitimate requests of the replayed traffic, by what became of them.',
    samples: (['intended', 'sent', 'dropped', 'failed'] as const).map((state) => ({
      labels: { state },
      value: load[state],
    })),
  },
  {
    name: 'holdfast_latency_seconds',
    type: 'summary',
    unit: 'seconds',
    help: 'Latency of legitimate requests from their intended time, by phase; a dropped one counts as the time-out.',
    samples: Object.entries(load.latencyMs).flatMap(([phase, { p50, p99, p999, requests }]) => [
      ...(
        [
          ['0.5', p50],
          ['0.99', p99],
          ['0.999', p999],
        ] as const
      ).map(([quantile, ms]) => ({
        labels: { phase, quantile },
        value: seconds(ms),
      })),
      { labels: { phase }, suffix: '_count', value: requests },
    ]),
  },
  {
    name: 'holdfast_lateness_seconds',
    type: 'summary',
    unit: 'seconds',
    help: 'How late requests were sent, from their intended time.',
    samples: [{ labels: { quantile: '0.99' }, value: seconds(load.latenessP99Ms) }],
  },
  {
    name: 'holdfast_capacity_requests_per_second',
    type: 'gauge',
    help: 'Legitimate requests per second that the stack sustained; a lower bound where clamped.',
    samples:
      capacity === null
        ? []
        : [
            {
              labels: { measured: String(capacity.measured), clamped: String(capacity.clamped) },
              value: capacity.perSecond,
            },
          ],
  },
  {
    name: 'holdfast_peak_requests_per_second',
    type: 'gauge',
    help: 'Legitimate arrivals per second at the peak of the spike.',
    samples: [{ value: capacity?.peakPerSecond ?? null }],
  },
];

const evidenceFamilies = ({ losses, sabotage }: Report): readonly Family[] => [
  {
    name: 'holdfast_lost_evidence',
    type: 'gauge',
    help: 'Evidence that is known to be lost.',
    samples: [{ value: losses.reduce((sum, { count }) => sum + count, 0) }],
  },
  {
    name: 'holdfast_sabotages',
    type: 'gauge',
    help: 'Sabotages of this stack that the same attacks were last tried on; absent where that was not measured.',
    samples: sabotage.measured
      ? [
          { labels: { outcome: 'caught' }, value: sabotage.caught },
          { labels: { outcome: 'missed' }, value: sabotage.missed.length },
        ]
      : [],
  },
];

const finite = (value: number | null): number | null => (value !== null && Number.isFinite(value) ? value : null);

/** Everything that a report says in numbers. */
export const familiesOf = (report: Report): readonly Family[] => [
  ...runFamilies(report),
  ...attackFamilies(report),
  ...loadFamilies(report),
  ...evidenceFamilies(report),
];
