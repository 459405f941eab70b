import type { Timeline } from '../model/index.ts';
import { breaks } from './counts.ts';
import { visible } from './excerpt.ts';
import type { Gathered } from './gather.ts';
import type { Judged } from './judge.ts';
import type { Replayed } from './load.ts';
import { ascending, quantile } from './quantile.ts';

const binsMs = [500, 1000, 2000, 5000, 10_000, 30_000, 60_000, 300_000, 600_000, 3_600_000];
const mostBins = 400;

type Axis = { readonly originMs: number; readonly binMs: number; readonly bins: number };

/** Load, latency and attacks on one axis. Rates are null between phases, latencies where nothing was due. */
export const timeline = (evidence: Gathered, replayed: readonly Replayed[], judged: readonly Judged[]): Timeline => {
  const axis = axisOf(evidence);
  const inPhase = Array.from({ length: axis.bins }, (_, i) => {
    const [from, to] = [axis.originMs + i * axis.binMs, axis.originMs + (i + 1) * axis.binMs];
    return evidence.phases.some(({ startMs, endMs }) => startMs < to && endMs > from);
  });
  const rate = (times: readonly number[]): (number | null)[] => {
    const counts = Array.from({ length: axis.bins }, () => 0);
    for (const atMs of times) {
      const bin = binOf(axis, atMs);
      if (bin !== null) counts[bin] = (counts[bin] ?? 0) + 1;
    }
    return counts.map((value, i) =>
      value > 0 || inPhase[i] === true ? Math.round((value * 1e6) / axis.binMs) / 1000 : null,
    );
  };
  const latencies = Array.from({ length: axis.bins }, (): number[] => []);
  for (const { request, latencyMs, excused } of replayed) {
    const bin = binOf(axis, request.dueMs);
    if (bin !== null && !excused.latency) latencies[bin]?.push(latencyMs);
  }
  const sorted = latencies.map(ascending);
  const due = ({ request }: Replayed): number => request.dueMs;
  const attempts = judged.filter(({ attempt }) => attempt !== null);
  return {
    binMs: axis.binMs,
    originMs: axis.originMs,
    phases: evidence.phases.map(({ id, startMs, endMs }) => ({ id, startMs, endMs })),
    windows: windowsOf(evidence),
    operations: operationsOf(evidence),
    intendedPerSecond: rate(replayed.map(due)),
    answeredPerSecond: rate(
      replayed.flatMap(({ request: { status, endMs } }) => (status === null || endMs === null ? [] : [endMs])),
    ),
    failedPerSecond: rate(replayed.filter(({ ok, excused }) => !ok && !excused.failure).map(due)),
    attemptsPerSecond: rate(attempts.map(({ atMs }) => atMs)),
    admittedPerSecond: rate(judged.filter(({ verdict }) => breaks(verdict)).map(({ atMs }) => atMs)),
    latencyP50Ms: sorted.map((values) => quantile(values, 0.5)),
    latencyP99Ms: sorted.map((values) => quantile(values, 0.99)),
  };
};

const axisOf = ({ phases }: Gathered): Axis => {
  const startMs = phases[0]?.startMs ?? 0;
  const endMs = phases.reduce((latest, phase) => Math.max(latest, phase.endMs), startMs);
  if (!(endMs > startMs)) return { originMs: 0, binMs: binsMs[0] ?? 500, bins: 0 };
  for (const binMs of binsMs) {
    const originMs = Math.floor(startMs / binMs) * binMs;
    const bins = Math.ceil((endMs - originMs) / binMs);
    if (bins <= mostBins) return { originMs, binMs, bins };
  }
  const binMs = Math.ceil((endMs - startMs) / mostBins);
  return { originMs: startMs, binMs, bins: mostBins };
};

const binOf = ({ originMs, binMs, bins }: Axis, atMs: number): number | null => {
  const bin = Math.floor((atMs - originMs) / binMs);
  return bin >= 0 && bin < bins ? bin : null;
};

/** What was done for a form of an attack: the stretches in which it was tried. */
const windowsOf = ({ run, operations }: Gathered): Timeline['windows'] =>
  operations.flatMap(({ attack, form, places, startMs, endMs }) => {
    if (attack === null) return [];
    const variant = run.attacks.find(({ id }) => id === attack)?.forms[form ?? -1]?.variant ?? '';
    return [{ attack, hop: places.join(', '), variant, startMs, endMs }];
  });

/** What else was done to the stack: not what acts at no place of it, unless it failed. */
const operationsOf = ({ operations }: Gathered): Timeline['operations'] =>
  operations.flatMap(({ attack, kind, places, startMs, endMs, error }) =>
    attack === null && (places.length > 0 || error !== null)
      ? [{ kind, places, startMs, endMs, error: error === null ? null : visible(error) }]
      : [],
  );
