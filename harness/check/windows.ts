import { namesMember, reachedOnlyOver } from '../model/index.ts';
import type {
  AttemptRecord,
  Hop,
  InterceptorRecord,
  LegitRecord,
  RouteSlot,
  WindowRecord,
  WitnessRecord,
} from '../model/index.ts';
import type { Evidence } from './evidence.ts';

/** A request that was due this long before a window opened, or was answered this long before, may have been hit by it. */
const beforeMs = 100;
const afterMs = 200;
/** The takeover needs this long to be complete: an attempt sent earlier may have met the true callee. */
export const settleMs = 50;

/** Is the hop's caller the edge? Nobody in the mesh calls it, and neither routes nor journals name it. */
const isEntry = (hop: Hop, hops: readonly Hop[]): boolean => !hops.some(({ to }) => to === hop.from);

/** Does a route pass a hop? Older histories name its services alone: there was one way through them. */
export const crosses = (route: RouteSlot, hop: Hop, hops: readonly Hop[]): boolean =>
  route.hops === undefined
    ? route.crosses.includes(hop.to) && (route.crosses.includes(hop.from) || isEntry(hop, hops))
    : route.hops.some(({ from, to }) => from === hop.from && to === hop.to);

/**
 * Those who saw a request of a route that came over a hop: whoever the route reaches over it alone, and its callee where that says
 * that the hop's caller called.
 */
export const cameOver = (
  { run }: Evidence,
  hop: Hop,
  route: string | null,
  seen: readonly WitnessRecord[],
): readonly WitnessRecord[] => {
  const links = run.routes.find(({ id }) => id === route)?.hops ?? run.stack.hops;
  const behind = reachedOnlyOver(links, hop);
  return seen.filter(({ service, peer }) => behind.has(service) || (service === hop.to && namesMember(peer, hop.from)));
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

/** What a caller does to an interceptor that puts it to the test: it ends the handshake, is read, or has its bytes altered. */
const reactions: ReadonlySet<InterceptorRecord['event']> = new Set(['refused', 'clear', 'altered']);
/** How interceptors begin the end of a connection in which the caller took them for the callee (mitm/addon.py, mitm/impostor). */
const accepted = 'the caller accepted the certificate';
/** And how they end it, where not a byte of a request came. */
const sentNothing = 'and sent nothing';

/**
 * The end of a connection whose handshake the caller completed. One that the caller left before the hop was given back, without a
 * byte of a request, it has refused: nginx, for one, looks at the certificate only then. One that lasted until then, in silence,
 * says nothing. On any other the caller took the interceptor for the callee.
 */
const afterHandshake = (
  { endMs }: WindowRecord,
  { event, detail, atMs }: InterceptorRecord,
): 'left' | 'believed' | null => {
  if (event !== 'closed' || !detail.startsWith(accepted)) return null;
  if (!detail.endsWith(sentNothing)) return 'believed';
  return atMs < endMs ? 'left' : null;
};

/**
 * Why an attempt within a window, which neither the interceptor nor the callee saw, was not refused at the hop; null where it was.
 * It must have come as far as the caller, and the caller must have been put to the test, and not have failed it unread.
 */
export const whyNotPutToTheTest = (
  { run, interceptor, loggedAtEdge }: Evidence,
  taken: WindowRecord,
  { seq, status }: AttemptRecord,
  seen: readonly WitnessRecord[],
): string | null => {
  const events = interceptor.get(taken.window) ?? [];
  if (!events.some((event) => reactions.has(event.event) || afterHandshake(taken, event) === 'left'))
    return 'the interceptor saw no handshake that the caller ended';
  if (events.some((event) => afterHandshake(taken, event) === 'believed')) {
    return 'the caller accepted the interceptor in this window, though this request was not read';
  }
  const { hop } = taken;
  const cameThere = isEntry(hop, run.stack.hops)
    ? (status ?? 0) >= 500 || (status === null && loggedAtEdge.has(seq))
    : seen.some(({ service }) => service === hop.from);
  return cameThere ? null : `it did not come as far as ${hop.from}, the caller of the hop`;
};
