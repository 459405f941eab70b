import { z } from 'zod';
import { ask } from './ask.ts';
import type { Action, Kinds } from './contract.ts';
import { HoldfastError } from './errors.ts';
import type { Disturbance, Disturbs } from './disturbance.ts';
import type { OpRecord } from './history.ts';
import type { Hop } from './stack.ts';

const ms = z.number().nonnegative();
const shape = z.looseObject({
  places: z.array(z.string()),
  excuses: z.array(z.enum(['failure', 'latency', 'drop', 'lateness'])),
  beforeMs: ms,
  afterMs: ms,
  attacked: z.boolean(),
});

/** What an action says that an operation of it disturbs; null where nothing. Throws `bad-input` where it throws, or says it otherwise. */
export const askDisturbs = (
  { id, disturbs }: Action,
  op: Readonly<Record<string, unknown>>,
  hops: readonly Hop[],
): Disturbs | null => {
  const said = ask('action', id, 'disturbs', () => disturbs(op, hops));
  if (said === null) return null;
  const read = shape.safeParse(said);
  if (read.success) return said;
  const [issue] = read.error.issues;
  throw new HoldfastError(
    'bad-input',
    `expected "disturbs" of the action ${id} to say where, what and for how long, found ${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'not valid'}`,
    { hint: `mend "disturbs" in the folder of the action ${id}: places, excuses, beforeMs, afterMs, attacked` },
  );
};

/** What an operation disturbs, as its action says of it; null where it disturbs nothing, or where no such action is known. */
export const disturbsOf = ({ kind, data }: OpRecord, { actions }: Kinds, hops: readonly Hop[]): Disturbs | null => {
  const action = actions.get(kind);
  return action === undefined ? null : askDisturbs(action, data, hops);
};

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
