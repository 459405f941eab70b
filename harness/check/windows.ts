import type { Hop, InterceptorRecord, LegitRecord, RouteSlot, WindowRecord } from '../model/index.ts';
import type { Evidence } from './evidence.ts';

/** A request that was due this long before a window opened, or was answered this long before, may have been hit by it. */
const beforeMs = 100;
const afterMs = 200;
/** The takeover needs this long to be complete: an attempt sent earlier may have met the true callee. */
export const settleMs = 50;

/** Does a route pass a hop? The entry's caller is the edge, which routes do not name. */
export const crosses = (route: RouteSlot, hop: Hop, hops: readonly Hop[]): boolean =>
  route.crosses.includes(hop.to) && (route.crosses.includes(hop.from) || !hops.some(({ to }) => to === hop.from));

/** The callee of a hop and every service behind it. */
export const calleeOrBeyond = (hop: Hop, hops: readonly Hop[]): ReadonlySet<string> => {
  const reached = new Set([hop.to]);
  // A set that grows while it is walked is walked to its new end.
  for (const service of reached) for (const { from, to } of hops) if (from === service) reached.add(to);
  return reached;
};

/**
 * Tells whether a window of interception may have touched a replayed request: its route crosses the hop, and it was under way
 * from 100 ms before to 200 ms after. Such a request is neither a twin nor part of the latency.
 */
export const touchedByWindow = (evidence: Evidence): ((request: LegitRecord) => boolean) => {
  const { run, windows } = evidence;
  const byRoute = run.routes.map((route) => windows.filter(({ hop }) => crosses(route, hop, run.stack.hops)));
  return ({ route, dueMs, endMs }) => {
    const end = endMs ?? dueMs + run.plan.load.timeoutMs;
    return (byRoute[route] ?? []).some((window) => window.startMs <= end + afterMs && window.endMs >= dueMs - beforeMs);
  };
};

/** Why a window shows nothing; null where the hop was taken over. */
export const faultOfWindow = (window: WindowRecord, seen: readonly InterceptorRecord[] | undefined): string | null => {
  if (window.error !== null) return `the hop was not taken over: ${window.error}`;
  if (seen === undefined || seen.length === 0) return 'the hop was not taken over: the interceptor saw no connection';
  return null;
};
