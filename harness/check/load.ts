import type { LegitRecord, LoadReport, PhaseRecord } from '../model/index.ts';
import type { Evidence } from './evidence.ts';
import { latencyBlocks } from './latency-blocks.ts';
import { phaseAt, rampPhase } from './phases.ts';
import { ascending, quantile } from './quantile.ts';
import { touchedByWindow } from './windows.ts';

/** What became of one replayed request. */
export type Replayed = {
  readonly request: LegitRecord;
  readonly phase: PhaseRecord | null;
  /** From the intended time. A request without an answer, dropped or not, counts as at least the time-out. */
  readonly latencyMs: number;
  readonly ok: boolean;
  /** A window of interception may have touched it: left out of the latency and of what failed. */
  readonly leftOut: boolean;
};

/** The replayed traffic, request by request. */
export const replay = (evidence: Evidence): Replayed[] => {
  const { timeoutMs } = evidence.run.plan.load;
  const touched = touchedByWindow(evidence);
  return evidence.legit.map((request) => {
    const { dueMs, endMs, status } = request;
    const elapsed = endMs === null ? timeoutMs : endMs - dueMs;
    return {
      request,
      phase: phaseAt(evidence.phases, dueMs),
      latencyMs: status === null ? Math.max(timeoutMs, elapsed) : elapsed,
      ok: status !== null && status >= 200 && status < 300,
      leftOut: touched(request),
    };
  });
};

/** The load as it was, without the ramp that measures the capacity: that one saturates the stack on purpose. */
export const reportLoad = (evidence: Evidence, replayed: readonly Replayed[]): LoadReport => {
  const main = replayed.filter(({ phase }) => phase?.id !== rampPhase);
  const sent = main.filter(({ request }) => request.sentMs !== null);
  const lateness = ascending(sent.map(({ request }) => (request.sentMs ?? 0) - request.dueMs));
  const due = new Map(main.map(({ request }) => [request.seq, request.dueMs]));
  const arrivals = evidence.edge.flatMap(({ seq, atMs }) => {
    const dueMs = due.get(seq);
    return dueMs === undefined ? [] : [atMs - dueMs];
  });
  return {
    intended: main.length,
    sent: sent.length,
    dropped: main.length - sent.length,
    failed: sent.filter(({ ok, leftOut }) => !ok && !leftOut).length,
    latenessP99Ms: quantile(lateness, 0.99),
    edgeLatenessP99Ms: quantile(ascending(arrivals), 0.99),
    latencyMs: Object.fromEntries(
      evidence.phases.map((phase) => [phase.id, latencyOf(replayed.filter((r) => r.phase === phase))]),
    ),
    latencyBlocks: latencyBlocks(evidence.phases, evidence.run.routes, replayed),
  };
};

const latencyOf = (replayed: readonly Replayed[]): LoadReport['latencyMs'][string] => {
  const kept = replayed.filter(({ leftOut }) => !leftOut);
  const sorted = ascending(kept.map(({ latencyMs }) => latencyMs));
  return {
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    p999: quantile(sorted, 0.999),
    requests: kept.length,
    leftOut: replayed.length - kept.length,
  };
};
