import type { Excuse, LegitRecord, LoadReport, PhaseRecord, SentBy } from '../model/index.ts';
import { touchingReplayed } from './disturbances.ts';
import type { Gathered } from './gather.ts';
import { latencyBlocks } from './latency-blocks.ts';
import { phaseAt, rampPhase } from './phases.ts';
import { ascending, quantile } from './quantile.ts';

/** The kind of the edge's own log: when requests arrived there, whatever their sender says. */
const edgeLog = 'edge-log';

/** What became of one replayed request. */
export type Replayed = {
  readonly request: LegitRecord;
  readonly phase: PhaseRecord | null;
  /** From the intended time. A request without an answer, dropped or not, counts as at least the time-out. */
  readonly latencyMs: number;
  readonly ok: boolean;
  /** What of it the harness itself may be the cause of: that is not held against the stack, nor against the instrument. */
  readonly excused: Readonly<Record<Excuse, boolean>>;
};

/** The replayed traffic, request by request. */
export const replay = (evidence: Gathered): Replayed[] => {
  const { timeoutMs } = evidence.run.plan.load;
  const touching = touchingReplayed(evidence);
  return evidence.legit.map((request) => {
    const { dueMs, endMs, status } = request;
    const elapsed = endMs === null ? timeoutMs : endMs - dueMs;
    return {
      request,
      phase: phaseAt(evidence.phases, dueMs),
      latencyMs: status === null ? Math.max(timeoutMs, elapsed) : elapsed,
      ok: status !== null && status >= 200 && status < 300,
      excused: excusedOf((excuse) => touching(request, excuse) !== undefined),
    };
  });
};

const unexcused = { failure: false, latency: false, drop: false, lateness: false } as const;

const excusedOf = (is: (excuse: Excuse) => boolean): Replayed['excused'] => {
  const excused = { failure: is('failure'), latency: is('latency'), drop: is('drop'), lateness: is('lateness') };
  return Object.values(excused).includes(true) ? excused : unexcused;
};

/** The load as it was, without the ramp that measures the capacity: that one saturates the stack on purpose. */
export const reportLoad = (evidence: Gathered, replayed: readonly Replayed[]): LoadReport => {
  const main = replayed.filter(({ phase }) => phase?.id !== rampPhase);
  const sent = main.filter(({ request }) => request.sentMs !== null);
  const lateness = ascending(sent.map(({ request }) => (request.sentMs ?? 0) - request.dueMs));
  const due = new Map(main.map(({ request }) => [request.seq, request.dueMs]));
  const arrivals = evidence.seen<{ readonly of: SentBy }>(edgeLog).flatMap(({ of, seq, atMs }) => {
    const dueMs = of === 'legit' ? due.get(seq ?? -1) : undefined;
    return dueMs === undefined ? [] : [atMs - dueMs];
  });
  return {
    intended: main.length,
    sent: sent.length,
    dropped: main.length - sent.length,
    failed: sent.filter(({ ok, excused }) => !ok && !excused.failure).length,
    latenessP99Ms: quantile(lateness, 0.99),
    edgeLatenessP99Ms: quantile(ascending(arrivals), 0.99),
    latencyMs: Object.fromEntries(
      evidence.phases.map((phase) => [phase.id, latencyOf(replayed.filter((r) => r.phase === phase))]),
    ),
    latencyBlocks: latencyBlocks(evidence.phases, evidence.run.routes, replayed),
  };
};

const latencyOf = (replayed: readonly Replayed[]): LoadReport['latencyMs'][string] => {
  const kept = replayed.filter(({ excused }) => !excused.latency);
  const sorted = ascending(kept.map(({ latencyMs }) => latencyMs));
  return {
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    p999: quantile(sorted, 0.999),
    requests: kept.length,
    leftOut: replayed.length - kept.length,
  };
};
