import type { AttemptRecord, WindowRecord } from '../model/index.ts';
import type { Evidence } from './evidence.ts';

/**
 * The independent clusters of attempts at a hop that was taken over, by sequence number. Attempts that share the connection to
 * the edge are not independent, and neither are those that share one over the hop; which of them took which is not known, so
 * a window counts no more clusters than the interceptor saw connections.
 */
export const clustersOf = (
  { interceptor }: Evidence,
  windows: readonly WindowRecord[],
  attempts: readonly AttemptRecord[],
): ReadonlyMap<number, string> => {
  const clusters = new Map<number, string>();
  for (const { window, form, startMs, endMs } of windows) {
    const own = attempts.filter((one) => one.form === form && one.sentMs >= startMs && one.sentMs <= endMs);
    const sockets = [...new Set(own.map(({ connection }) => connection))];
    const overHop = (interceptor.get(window) ?? []).filter(({ event }) => event === 'connection').length;
    if (sockets.length <= overHop || overHop === 0) continue;
    for (const { seq, connection } of own)
      clusters.set(seq, `window ${window} connection ${sockets.indexOf(connection) % overHop}`);
  }
  return clusters;
};
