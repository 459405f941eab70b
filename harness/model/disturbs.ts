import type { Kinds } from './contract.ts';
import type { Disturbance, Disturbs } from './disturbance.ts';
import type { OpRecord } from './history.ts';
import type { Hop } from './stack.ts';

/** What an operation disturbs, as its action says of it; null where it disturbs nothing, or where no such action is known. */
export const disturbsOf = ({ kind, data }: OpRecord, { actions }: Kinds, hops: readonly Hop[]): Disturbs | null =>
  actions.get(kind)?.disturbs(data, hops) ?? null;

/** What the operations of a run may have kept from answering. One that failed may have disturbed as well. */
export const disturbancesOf = (operations: readonly OpRecord[], kinds: Kinds, hops: readonly Hop[]): Disturbance[] =>
  operations.flatMap((operation): Disturbance[] => {
    const disturbs = disturbsOf(operation, kinds, hops);
    if (disturbs === null) return [];
    const { askedMs, startMs, endMs, overMs } = operation;
    const { beforeMs, afterMs, ...what } = disturbs;
    return [
      {
        action: operation.kind,
        ...what,
        fromMs: Math.min(askedMs, startMs) - beforeMs,
        toMs: Math.max(endMs, overMs) + afterMs,
      },
    ];
  });
