import type { Arrival } from '../../model/index.ts';
import type { Touched } from './disturbed.ts';
import type { LoadNow } from './state.ts';

/** What the generator has written of a segment, folded as it comes. No effects: the same lines and time give the same figures. */
export type LoadTally = {
  /** Whole lines of k6's results (scenarios/k6/replay.ts); what is no result is passed over. */
  readonly take: (text: string) => void;
  /** The figures at a time, ms from the segment's origin; the times asked for only rise. */
  readonly at: (elapsedMs: number) => LoadNow;
};

const rateMs = 2000;
const latencyMs = 5000;
/** Results that are kept for the rates and latencies: five seconds of 26,000 a second. */
const kept = 2 ** 17;

/** Of a result that is kept, as bits. */
const succeeded = 1;
const leftOut = 2;

const line = /^(\d+) (\S+) (\S+) (\S+)$/gm;

/** What a segment's load is held against. */
export type LoadTallyInputs = {
  /** Those that are kept of the segment's, by time. */
  readonly arrivals: readonly Arrival[];
  readonly timeoutMs: number;
  readonly touched: Touched;
};

export const loadTally = ({ arrivals, timeoutMs, touched }: LoadTallyInputs): LoadTally => {
  const told = new Uint8Array(arrivals.length);
  const ends = new Float64Array(kept);
  const latencies = new Float64Array(kept);
  const marks = new Uint8Array(kept);
  let written = 0;
  let [heard, failed, disturbed, dropped] = [0, 0, 0, 0];
  let [due, dueBefore] = [0, 0];

  const takeOne = (index: number, toldEnd: number, outcome: string): void => {
    const arrival = arrivals[index];
    if (arrival === undefined || told[index] === 1) return;
    told[index] = 1;
    heard += 1;
    const [dueMs, , route] = arrival;
    // What was dropped has no times: it counts as one that got no answer.
    const end = Number.isFinite(toldEnd) ? toldEnd : dueMs + timeoutMs;
    const ok = /^2\d\d$/.test(outcome);
    const ours = touched(route, dueMs, end);
    if (outcome === 'dropped') dropped += 1;
    else if (!ok && ours) disturbed += 1;
    else if (!ok) failed += 1;
    const slot = written++ % kept;
    ends[slot] = end;
    latencies[slot] = /^\d{3}$/.test(outcome) ? end - dueMs : Math.max(timeoutMs, end - dueMs);
    marks[slot] = (ok ? succeeded : 0) | (ours ? leftOut : 0);
  };

  return {
    take: (text) => {
      for (const [, index, , end, outcome] of text.matchAll(line)) takeOne(Number(index), Number(end), outcome!);
    },
    at: (elapsedMs) => {
      const spanMs = Math.min(rateMs, Math.max(1, elapsedMs));
      while (due < arrivals.length && arrivals[due]![0] <= elapsedMs) due += 1;
      while (dueBefore < due && arrivals[dueBefore]![0] <= elapsedMs - spanMs) dueBefore += 1;
      let delivered = 0;
      const recent: number[] = [];
      for (let slot = 0; slot < Math.min(written, kept); slot++) {
        const age = elapsedMs - ends[slot]!;
        if (age < latencyMs && (marks[slot]! & leftOut) === 0) recent.push(latencies[slot]!);
        if (age < spanMs && (marks[slot]! & succeeded) !== 0) delivered += 1;
      }
      const sorted = Float64Array.from(recent).sort();
      return {
        askedPerSecond: ((due - dueBefore) * 1000) / spanMs,
        deliveredPerSecond: (delivered * 1000) / spanMs,
        failed,
        disturbed,
        dropped,
        waiting: Math.max(0, due - heard),
        p50Ms: quantile(sorted, 0.5),
        p99Ms: quantile(sorted, 0.99),
      };
    },
  };
};

/** Nearest rank; null of nothing. */
const quantile = (sorted: Float64Array, share: number): number | null =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
