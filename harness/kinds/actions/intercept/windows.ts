import type { Operated } from '../../../execute/operate/index.ts';
import type { InterceptorEvent } from './events.ts';

/** An event with the window that it belongs to: the number of the operation. */
export type WindowEvent = InterceptorEvent & { readonly window: number };

/**
 * Gives each event to the last window of its listener that had been asked for by then: a connection may reach the interceptor just
 * before the harness hears that the rules are in force. What came before any is nobody's. Pure.
 */
export const assign = (
  events: readonly InterceptorEvent[],
  windows: readonly Operated[],
  portOf: (window: Operated) => number | undefined,
): readonly WindowEvent[] => {
  const byStart = windows.toSorted((a, b) => (a.askedNs < b.askedNs ? -1 : 1));
  return events.flatMap((event) => {
    const owner = byStart.findLast((window) => portOf(window) === event.port && window.askedNs <= event.atNs);
    return owner === undefined ? [] : [{ ...event, window: owner.number }];
  });
};
