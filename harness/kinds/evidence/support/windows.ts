import { namesMember, reachedOnlyOver, reason } from '../../../model/index.ts';
import type { AttackRecord, AttemptRecord, Hop, Op, Reason, Sighting, View } from '../../../model/index.ts';
import { loggedAtEdge } from './edge-log.ts';
import { perView } from '../../../check/index.ts';
import type { InterceptData } from '../../actions/intercept/op.ts';
import type { InterceptorData } from '../../observers/interceptor/record.ts';
import type { InterceptorEvent } from '../../observers/interceptor/saw.ts';

/** A hop that was taken over for a form of an attack (harness/kinds/actions/intercept). */
export type Window = Op<InterceptData>;

/** The takeover needs this long to be complete: an attempt sent earlier may have met the true callee. */
export const settleMs = 50;

/** The windows of an attack, by start time. */
export const windowsOf = (view: View, attack: AttackRecord): readonly Window[] =>
  view.ops<InterceptData>('intercept').filter((window) => window.attack === attack.id);

const byWindow = perView((view): ReadonlyMap<number, readonly InterceptorEvent[]> => {
  const events = new Map<number, InterceptorEvent[]>();
  for (const event of view.seen<InterceptorData>('interceptor')) {
    const list = events.get(event.window);
    if (list === undefined) events.set(event.window, [event]);
    else list.push(event);
  }
  return events;
});

/** What the interceptor saw in a window. */
export const eventsOf = (view: View, { window }: Window): readonly InterceptorEvent[] =>
  byWindow(view).get(window) ?? [];

/** Why a window shows nothing; null where the hop was taken over. */
export const faultOfWindow = (view: View, window: Window): Reason | null => {
  if (window.error !== null) return reason('not-taken-over', { error: window.error });
  return eventsOf(view, window).length === 0 ? reason('not-taken-over', { error: null }) : null;
};

/**
 * Those who saw a request of a route that came over a hop: whoever the route reaches over it alone, and its callee where that says
 * that the hop's caller called.
 */
export const cameOver = (
  { run }: View,
  hop: Hop,
  route: string | null,
  seen: readonly Sighting[],
): readonly Sighting[] => {
  const links = run.routes.find(({ id }) => id === route)?.hops ?? run.stack.hops;
  const behind = reachedOnlyOver(links, hop);
  return seen.filter(({ service, peer }) => behind.has(service) || (service === hop.to && namesMember(peer, hop.from)));
};

/** Is the hop's caller the edge? Nobody in the mesh calls it, and neither routes nor journals name it. */
const isEntry = (hop: Hop, hops: readonly Hop[]): boolean => !hops.some(({ to }) => to === hop.from);

/** What a caller does to an interceptor that puts it to the test: it ends the handshake, is read, or has its bytes altered. */
const reactions: ReadonlySet<InterceptorEvent['event']> = new Set(['refused', 'clear', 'altered']);

/**
 * The end of a connection whose handshake the caller completed. One that the caller left before the hop was given back, without a
 * byte of a request, it has refused: some callers look at the certificate only then. One that lasted until then, in silence,
 * says nothing. On any other the caller took the interceptor for the callee.
 */
const afterHandshake = (
  { endMs }: Window,
  { event, handshake, heard, atMs }: InterceptorEvent,
): 'left' | 'believed' | null => {
  if (event !== 'closed' || handshake !== 'accepted') return null;
  if (heard) return 'believed';
  return atMs < endMs ? 'left' : null;
};

/**
 * Why an attempt within a window, which neither the interceptor nor the callee saw, was not refused at the hop; null where it was.
 * It must have come as far as the caller, and the caller must have been put to the test, and not have failed it unread.
 */
export const whyNotPutToTheTest = (
  view: View,
  taken: Window,
  { seq, status }: AttemptRecord,
  seen: readonly Sighting[],
): Reason | null => {
  const events = eventsOf(view, taken);
  if (!events.some((event) => reactions.has(event.event) || afterHandshake(taken, event) === 'left'))
    return reason('no-handshake-ended');
  if (events.some((event) => afterHandshake(taken, event) === 'believed')) return reason('believed-unread');
  const { hop } = taken;
  const cameThere = isEntry(hop, view.run.stack.hops)
    ? (status ?? 0) >= 500 || (status === null && loggedAtEdge(view, seq) !== undefined)
    : seen.some(({ service }) => service === hop.from);
  return cameThere ? null : reason('never-reached-caller', { caller: hop.from });
};

/**
 * The independent clusters of attempts at a hop that was taken over, by sequence number. Attempts that share the connection to
 * the edge are not independent, and neither are those that share one over the hop; which of them took which is not known, so
 * a window counts no more clusters than the interceptor saw connections.
 */
export const clustersOf = (
  view: View,
  attack: AttackRecord,
  attempts: readonly AttemptRecord[],
): ReadonlyMap<number, string> => {
  const clusters = new Map<number, string>();
  for (const taken of windowsOf(view, attack)) {
    const { window, form, startMs, endMs } = taken;
    const own = attempts.filter((one) => one.form === form && one.sentMs >= startMs && one.sentMs <= endMs);
    const sockets = [...new Set(own.map(({ connection }) => connection))];
    const overHop = eventsOf(view, taken).filter(({ event }) => event === 'connection').length;
    if (sockets.length <= overHop || overHop === 0) continue;
    for (const { seq, connection } of own)
      clusters.set(seq, `window ${window} connection ${sockets.indexOf(connection) % overHop}`);
  }
  return clusters;
};
