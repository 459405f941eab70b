import type { AttackRecord, Timeline, WindowRecord } from '../model/index.ts';
import type { Judged } from './attempt.ts';
import { breaks } from './counts.ts';
import type { Evidence } from './evidence.ts';
import type { Replayed } from './load.ts';
import { ascending, quantile } from './quantile.ts';

const binsMs = [500, 1000, 2000, 5000, 10_000, 30_000, 60_000, 300_000, 600_000, 3_600_000];
const mostBins = 400;

type Axis = { readonly originMs: number; readonly binMs: number; readonly bins: number };

/** Load, latency and attacks on one axis. Rates are null between phases, latencies where nothing was due. */
export const timeline = (evidence: Evidence, replayed: readonly Replayed[], judged: readonly Judged[]): Timeline => {
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
  for (const { request, latencyMs, leftOut } of replayed) {
    const bin = binOf(axis, request.dueMs);
    if (bin !== null && !leftOut) latencies[bin]?.push(latencyMs);
  }
  const sorted = latencies.map(ascending);
  const due = ({ request }: Replayed): number => request.dueMs;
  const attempts = judged.filter(({ attempt }) => attempt !== null);
  return {
    binMs: axis.binMs,
    originMs: axis.originMs,
    phases: evidence.phases.map(({ id, startMs, endMs }) => ({ id, startMs, endMs })),
    windows: evidence.windows.map((window) => nameWindow(evidence.run.attacks, window)),
    intendedPerSecond: rate(replayed.map(due)),
    answeredPerSecond: rate(
      replayed.flatMap(({ request: { status, endMs } }) => (status === null || endMs === null ? [] : [endMs])),
    ),
    failedPerSecond: rate(replayed.filter(({ ok, leftOut }) => !ok && !leftOut).map(due)),
    attemptsPerSecond: rate(attempts.map(({ atMs }) => atMs)),
    admittedPerSecond: rate(judged.filter(({ verdict }) => breaks(verdict)).map(({ atMs }) => atMs)),
    latencyP50Ms: sorted.map((values) => quantile(values, 0.5)),
    latencyP99Ms: sorted.map((values) => quantile(values, 0.99)),
  };
};

const axisOf = ({ phases }: Evidence): Axis => {
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

const nameWindow = (attacks: readonly AttackRecord[], window: WindowRecord): Timeline['windows'][number] => ({
  attack: window.attack,
  hop: `${window.hop.from}→${window.hop.to}`,
  variant: attacks.find(({ id }) => id === window.attack)?.forms[window.form]?.variant ?? '',
  startMs: window.startMs,
  endMs: window.endMs,
});
