import { setTimeout as sleep } from 'node:timers/promises';
import type { Operation } from '../../model/index.ts';
import type { Acting, Operated } from './runner.ts';

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Carries out the operations of a segment, each at its absolute time; `originNs`: CLOCK_MONOTONIC. One that fails carries its error
 * and the others go on. Those of one kind that have only a moment happen one after another, in their order. After an abort nothing more
 * begins, and what acts is undone. Never throws.
 */
export const operate = async (spec: {
  readonly operations: readonly Operation[];
  readonly acting: ReadonlyMap<string, Acting<Operation['op']>>;
  readonly originNs: bigint;
  readonly signal: AbortSignal;
}): Promise<readonly Operated[]> => {
  const { operations, acting, originNs, signal } = spec;
  // A timer may end up to a millisecond before its time: what is left is waited for again.
  const until = async (ms: number): Promise<void> => {
    const leftMs = () => Number(originNs - process.hrtime.bigint()) / 1e6 + ms;
    for (let left = leftMs(); left > 0 && !signal.aborted; left = leftMs())
      await sleep(Math.ceil(left), undefined, { signal }).catch(() => undefined);
  };
  const now = (): bigint => process.hrtime.bigint();
  const last = new Map<string, Promise<unknown>>();

  const one = async (operation: Operation, number: number, before: Promise<unknown>): Promise<Operated | null> => {
    const { kind, op, startMs, endMs } = operation;
    const action = acting.get(kind);
    await until(startMs);
    await before;
    if (signal.aborted) return null;
    const askedNs = now();
    const times = { askedNs, startNs: askedNs, endNs: askedNs, overNs: askedNs };
    const ended = (error: string | null): Operated => ({ operation, number, dueMs: startMs, ...times, error });
    if (action === undefined) return ended(`nothing is ready to ${kind}`);
    try {
      await action.apply(op, operation);
      times.startNs = times.endNs = times.overNs = now();
      if (endMs <= startMs) return ended(null);
      await until(endMs);
      times.endNs = now();
      await action.undo(op, operation);
      times.overNs = now();
      return ended(signal.aborted ? 'interrupted' : null);
    } catch (error) {
      const undone = endMs <= startMs ? true : await action.undo(op, operation).then(Boolean, () => false);
      times.overNs = now();
      if (times.endNs < times.startNs) times.endNs = times.overNs;
      return ended(words(error) + (undone === false ? '; and it could not be undone' : ''));
    }
  };
  const done = await Promise.all(
    operations.map((operation, number) => {
      const { kind, startMs, endMs } = operation;
      if (endMs > startMs) return one(operation, number, Promise.resolve());
      const own = one(operation, number, last.get(kind) ?? Promise.resolve());
      last.set(kind, own);
      return own;
    }),
  );
  return done.filter((each) => each !== null);
};
