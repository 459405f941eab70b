import { setTimeout as sleep } from 'node:timers/promises';
import type { Hop, ScheduledAttack, Segment } from '../../model/index.ts';
import type { InterceptorEvent } from './events.ts';
import type { Interceptors } from './interceptors.ts';

/**
 * A window as it was. From `startNs` to `endNs` (CLOCK_MONOTONIC) the hop was taken over without a doubt: it starts when the
 * kernel has the rules, and ends before they are withdrawn. An attempt that was not sent and answered within says nothing.
 */
export type RawWindow = {
  readonly window: number;
  readonly attack: string;
  readonly form: number;
  readonly hop: Hop;
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly openedInMs: number;
  readonly closedInMs: number;
  /** Null, or why the window proves nothing. */
  readonly error: string | null;
};

/** An event with the window that it belongs to. */
export type WindowEvent = InterceptorEvent & { readonly window: number };

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Opens and closes each window of a segment at its time; `originNs` is the segment's origin. A window that fails carries its
 * error and the others go on. After an abort no further window opens, and those open are closed. Never throws.
 */
export const runWindows = async (spec: {
  readonly interceptors: Interceptors;
  readonly segment: Segment;
  readonly attacks: readonly ScheduledAttack[];
  readonly originNs: bigint;
  readonly signal: AbortSignal;
}): Promise<{
  readonly windows: readonly RawWindow[];
  readonly events: readonly WindowEvent[];
  readonly stray: number;
}> => {
  const { interceptors, segment, attacks, originNs, signal } = spec;
  const until = async (ms: number): Promise<void> => {
    const left = Number(originNs - process.hrtime.bigint()) / 1e6 + ms;
    if (left > 0) await sleep(left, undefined, { signal }).catch(() => undefined);
  };

  const run = async (window: number): Promise<RawWindow | null> => {
    const slot = segment.windows[window]!;
    await until(slot.startMs);
    if (signal.aborted) return null;
    const hop = attacks[slot.attack]!.forms[slot.form]!.interception!.hop;
    const now = process.hrtime.bigint();
    const raw = {
      window,
      attack: attacks[slot.attack]!.id,
      form: slot.form,
      hop,
      startNs: now,
      endNs: now,
      openedInMs: 0,
      closedInMs: 0,
    };
    try {
      const opened = await interceptors.open(slot.attack, slot.form);
      const startNs = process.hrtime.bigint();
      await until(slot.endMs);
      const endNs = process.hrtime.bigint();
      const closed = await interceptors.close(slot.attack, slot.form);
      return {
        ...raw,
        startNs,
        endNs,
        openedInMs: opened.tookMs,
        closedInMs: closed.tookMs,
        error: signal.aborted ? 'interrupted' : null,
      };
    } catch (error) {
      const closing = await interceptors.close(slot.attack, slot.form).catch(() => null);
      const lasting = closing === null ? '; and the hop could not be given back' : '';
      return { ...raw, endNs: process.hrtime.bigint(), error: reason(error) + lasting };
    }
  };

  const ran = (await Promise.all(segment.windows.map((_, window) => run(window)))).filter((one) => one !== null);
  // What the last connections did may still be on its way here.
  await sleep(300);
  const portOf = new Map(
    ran.map((one) => [one.window, interceptors.placement(segment.windows[one.window]!.attack, one.form)?.port]),
  );
  const { events, stray } = assign(interceptors.events(), ran, portOf);
  const windows = ran.map((one) => {
    const took = events.some(({ window, event }) => window === one.window && event === 'connection');
    return one.error === null && !took ? { ...one, error: 'no connection reached the interceptor' } : one;
  });
  return { windows, events, stray };
};

/** Gives each event to the last window of its listener that had begun by then. What came before any is nobody's. Pure. */
export const assign = (
  events: readonly InterceptorEvent[],
  windows: readonly RawWindow[],
  portOf: ReadonlyMap<number, number | undefined>,
): { events: readonly WindowEvent[]; stray: number } => {
  const byStart = windows.toSorted((a, b) => (a.startNs < b.startNs ? -1 : 1));
  // A connection may reach the interceptor just before the harness hears that the rules are in force.
  const begun = (window: RawWindow): bigint => window.startNs - BigInt(Math.ceil(window.openedInMs * 1e6));
  const assigned = events.flatMap((event) => {
    const owner = byStart.findLast((window) => portOf.get(window.window) === event.port && begun(window) <= event.atNs);
    return owner === undefined ? [] : [{ ...event, window: owner.window }];
  });
  return { events: assigned, stray: events.length - assigned.length };
};
