import { rampPhase } from '../check/index.ts';
import type { Gate } from '../model/index.ts';
import { measures } from './night.ts';
import type { Night } from './night.ts';

/** One quantity over the nights of a group, a value for each night; null where it was not measured. */
export type Series = {
  /** `score`, `throughput`, `latency spike p99`… as a comparison names its lines. */
  readonly id: string;
  readonly title: string;
  readonly unit: 'points' | '1/s' | 'ms' | 'share' | 'attempts';
  /** Which way is good; null where neither is. */
  readonly better: 'more' | 'less' | null;
  readonly values: readonly (number | null)[];
};

/** A series that is judged for changes of level, and which of the gate's spreads it has. */
export type Judged = Exclude<keyof Gate['spread'], 'runs' | 'measuredOver' | 'floor'>;

/** The gate's spread for a series; null where changes of its level are not judged. */
export const spreadOf = (id: string): Judged | null =>
  id === 'throughput' ? id : id.startsWith('latency ') ? (id.endsWith(' p99') ? 'p99' : 'p50') : null;

/** Phases in the order of the nights that have them; not the ramp, which goes past what the stack bears on purpose. */
const phasesOf = (nights: readonly Night[]): readonly string[] =>
  [...new Set(nights.flatMap(({ load }) => Object.keys(load.latencyMs)))].filter((phase) => phase !== rampPhase);

/** Of all attacks of a night the largest bound: so much may get through at most. Null where an attack showed none. */
const largestBound = ({ attacks }: Night): number | null => {
  const bounds = attacks.map(({ bound95 }) => bound95);
  return bounds.length === 0 || bounds.includes(null) ? null : Math.max(...bounds.filter((bound) => bound !== null));
};

/** Every series of a group that has at least one value. */
export const seriesOf = (nights: readonly Night[]): readonly Series[] => {
  const over = (of: (night: Night) => number | null | undefined): readonly (number | null)[] =>
    nights.map((night) => (measures(night) ? (of(night) ?? null) : null));
  const all: readonly Series[] = [
    { id: 'score', title: 'Score', unit: 'points', better: 'more', values: over(({ score }) => score.value) },
    {
      id: 'throughput',
      title: 'Throughput at saturation',
      unit: '1/s',
      better: 'more',
      values: over(({ capacity }) => capacity?.saturatedPerSecond),
    },
    {
      id: 'peak',
      title: 'Peak of the spike',
      unit: '1/s',
      better: null,
      values: over(({ capacity }) => capacity?.peakPerSecond),
    },
    ...phasesOf(nights).flatMap((phase) =>
      (['p50', 'p99'] as const).map((quantile): Series => ({
        id: `latency ${phase} ${quantile}`,
        title: `Latency ${quantile}, ${phase}`,
        unit: 'ms',
        better: 'less',
        values: over(({ load }) => load.latencyMs[phase]?.[quantile]),
      })),
    ),
    {
      id: 'failed',
      title: 'Failed requests',
      unit: 'share',
      better: 'less',
      values: over(({ load }) => (load.intended === 0 ? null : load.failed / load.intended)),
    },
    {
      id: 'attempts',
      title: 'Attempts',
      unit: 'attempts',
      better: null,
      values: over(({ attacks }) => attacks.reduce((sum, { attempts }) => sum + attempts, 0)),
    },
    { id: 'bound', title: 'Largest bound of any attack', unit: 'share', better: 'less', values: over(largestBound) },
  ];
  return all.filter(({ values }) => values.some((value) => value !== null));
};
