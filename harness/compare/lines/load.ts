import { rampPhase } from '../../check/index.ts';
import { randomStream } from '../../schedule/index.ts';
import type { Gate, Posture } from '../../model/index.ts';
import { whyOtherLoad, whyOtherPeak } from '../comparable.ts';
import { judged } from '../draft.ts';
import type { Draft } from '../draft.ts';
import { newest } from '../input.ts';
import type { SideInput } from '../input.ts';
import { betweenRuns } from '../statistics/between-runs.ts';
import { blockBootstrapError } from '../statistics/bootstrap.ts';
import { fisherExact } from '../statistics/fisher.ts';
import type { Share } from '../statistics/fisher.ts';
import { merge, parseHistogram, quantileOfHistogram } from '../statistics/histogram.ts';
import type { Histogram } from '../statistics/histogram.ts';

/** A quantity of one run, and its own standard error (of the logarithm); null where the run did not measure it. */
type Reading = { readonly value: number; readonly error: number } | null;

type Quantity = Pick<Draft, 'id' | 'group' | 'title' | 'unit'> & {
  readonly read: (posture: Posture) => Reading;
  readonly spread: number;
  /** More of it is better. */
  readonly moreIsBetter: boolean;
  readonly leastRatio: number;
  readonly leastDifference: number;
  /** Why it cannot be compared even where the load can; null where it can. */
  readonly bar: string | null;
};

/** Throughput, latencies from the intended time, and what failed. */
export const loadLines = (before: SideInput, after: SideInput, gate: Gate): Draft[] => {
  const other = whyOtherLoad(before, after);
  return [
    ...[...rates(gate), ...latencies(before, after, gate)].map((quantity) =>
      line(before, after, gate, quantity, other),
    ),
    failed(newest(before), newest(after), gate, other),
  ];
};

const rates = ({ spread, least }: Gate): Quantity[] => {
  const rate = {
    group: 'capacity',
    unit: '1/s',
    moreIsBetter: true,
    leastRatio: least.capacityRatio,
    leastDifference: 0,
    bar: null,
  } as const;
  const exact = (value: number | null | undefined): Reading => (value ? { value, error: 0 } : null);
  return [
    {
      ...rate,
      id: 'throughput',
      title: 'Good answers per second at saturation',
      spread: spread.throughput,
      // A stack that delivered nothing at all was measured as well: less than one a second.
      read: ({ capacity }) => (capacity?.saturatedPerSecond === 0 ? exact(1) : exact(capacity?.saturatedPerSecond)),
    },
  ];
};

const latencies = (before: SideInput, after: SideInput, { spread, least }: Gate): Quantity[] => {
  const [a, b] = [newest(before), newest(after)];
  const named = (of: (block: Posture['load']['latencyBlocks'][number]) => string): string[] => [
    ...new Set([a, b].flatMap(({ load }) => load.latencyBlocks.map(of))),
  ];
  const latency = { group: 'latency', unit: 'ms', moreIsBetter: false, leastRatio: least.latencyRatio } as const;
  const peak = whyOtherPeak(a, b);
  const phases = named(({ phase }) => phase);
  return [
    ...named(({ route }) => route).map((route) => ({
      ...latency,
      id: `floor ${route}`,
      title: `What ${route} takes when nothing else is in its way: the fastest twentieth, in the phase where that is least`,
      spread: spread.floor,
      leastDifference: least.floorMs,
      bar: null,
      read: (posture: Posture): Reading => lowest(phases.map((phase) => quantile(posture, 0.05, { phase, route }))),
    })),
    ...phases.flatMap((phase) =>
      (
        [
          ['p50', 0.5],
          ['p99', 0.99],
        ] as const
      ).map(([name, share]) => ({
        ...latency,
        id: `latency ${phase} ${name}`,
        title: `Latency from the intended time in phase ${phase}, ${name === 'p50' ? 'median' : '99th percentile'}`,
        spread: spread[name],
        leastDifference: least.latencyMs,
        bar: peak,
        read: (posture: Posture): Reading => quantile(posture, share, { phase }),
      })),
    ),
  ];
};

const lowest = (readings: readonly Reading[]): Reading =>
  readings.reduce(
    (least, reading) => (least === null || (reading !== null && reading.value < least.value) ? reading : least),
    null,
  );

/** A quantile of a run's latencies with its bootstrap error, over one route or all. */
const quantile = (
  posture: Posture,
  share: number,
  where: { readonly phase: string; readonly route?: string },
): Reading => {
  const blocks = new Map<number, Histogram[]>();
  for (const { phase, route, startMs, histogram } of posture.load.latencyBlocks) {
    if (phase !== where.phase || (where.route !== undefined && route !== where.route)) continue;
    blocks.set(startMs, [...(blocks.get(startMs) ?? []), parseHistogram(histogram)]);
  }
  const merged = [...blocks.values()].map(merge);
  const value = quantileOfHistogram(merge(merged), share);
  if (value === null) return null;
  // The figure is the same whoever asks, and whatever it is compared with.
  const random = randomStream(posture.run, `bootstrap/${where.phase}/${where.route ?? ''}/${share}`);
  return { value, error: blockBootstrapError(merged, share, random) };
};

const line = (before: SideInput, after: SideInput, gate: Gate, quantity: Quantity, other: string | null): Draft => {
  const readings = before.postures.flatMap((posture) => quantity.read(posture) ?? []);
  const usual = readings.map(({ value }) => value);
  const b = quantity.read(newest(after));
  const { id, group, title, unit } = quantity;
  const shown = (value: number | undefined): Draft['before'] =>
    value === undefined ? null : { value: Number(value.toPrecision(4)) };
  const a =
    usual.length === 0 ? undefined : Math.exp(usual.reduce((sum, value) => sum + Math.log(value), 0) / usual.length);
  const head = { id, group, title, unit, critical: false, before: shown(a), after: shown(b?.value) };
  const bar = other ?? quantity.bar;
  if (bar !== null) return { ...head, ...judged('not comparable', bar) };
  if (a === undefined || b === null) {
    return { ...head, ...judged('not comparable', `${a === undefined ? 'before' : 'after'} did not measure it`) };
  }
  const { p, ...ratio } = betweenRuns(
    { values: usual, error: Math.max(...readings.map(({ error }) => error)) },
    { values: [b.value], error: b.error },
    { spread: quantity.spread, measuredOver: gate.spread.measuredOver, runs: gate.spread.runs },
  );
  const more = ratio.value > 1;
  const matters =
    Math.max(ratio.value, 1 / ratio.value) >= quantity.leastRatio && Math.abs(b.value - a) >= quantity.leastDifference;
  const tested = { p, direction: more === quantity.moreIsBetter ? 'better' : 'worse', matters } as const;
  return { ...head, test: 'between-runs', ratio, tested };
};

const failed = (a: Posture, b: Posture, { least }: Gate, other: string | null): Draft => {
  const shares = [a, b].map(({ load }) => ({ count: load.failed, of: load.sent })) as [Share, Share];
  const [one, two] = shares;
  const head = {
    id: 'failed',
    group: 'load' as const,
    title: 'Legitimate requests without a good answer in time',
    critical: false,
    unit: 'requests' as const,
    before: { value: one.count, of: one.of },
    after: { value: two.count, of: two.of },
  };
  if (other !== null) return { ...head, ...judged('not comparable', other) };
  const difference = two.count / Math.max(1, two.of) - one.count / Math.max(1, one.of);
  if (difference === 0) return { ...head, ...judged('unchanged', 'the same share on both sides') };
  const tested = {
    p: fisherExact(failingStretches(a), failingStretches(b)),
    direction: difference > 0 ? 'worse' : 'better',
    matters: Math.abs(difference) >= least.failedShare,
  } as const;
  return { ...head, test: 'fisher-exact', tested };
};

/**
 * Stretches of the timeline in which a request failed, of those with traffic. Requests fail together, in a stall: a test that took each
 * for an independent one would be sure of every stall. The ramp saturates the stack on purpose and is left out.
 */
const failingStretches = ({ timeline }: Posture): Share => {
  const { originMs, binMs, phases, intendedPerSecond, failedPerSecond } = timeline;
  const ramp = phases.find(({ id }) => id === rampPhase);
  const counted = intendedPerSecond.flatMap((intended, i) => {
    const atMs = originMs + i * binMs;
    if (!intended || (ramp !== undefined && atMs < ramp.endMs)) return [];
    return [(failedPerSecond[i] ?? 0) > 0];
  });
  return { count: counted.filter(Boolean).length, of: counted.length };
};
