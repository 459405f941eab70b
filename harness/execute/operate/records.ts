import type { LossRecord, Operation, OpRecord, SeenRecord } from '../../model/index.ts';
import { fromMonotonic } from '../clock/index.ts';
import type { RunClock } from '../clock/index.ts';
import { readRequestId } from '../identity/index.ts';
import type { Acting, Operated, RawSeen } from './runner.ts';

/** What tells the times and identities of a run. */
export type RecordContext = { readonly run: string; readonly key: Uint8Array; readonly clock: RunClock };

/** The operations of a segment as records. `originMs`: the segment's; `first`: number of the first of them in the run. Pure. */
export const opRecords = (
  operated: readonly Operated[],
  acting: ReadonlyMap<string, Acting<Operation['op']>>,
  { clock }: RecordContext,
  originMs: number,
  first: number,
): readonly OpRecord[] =>
  operated.map(({ operation, number, dueMs, askedNs, startNs, endNs, overNs, error }) => ({
    type: 'op',
    kind: operation.kind,
    op: first + number,
    dueMs: Math.round((originMs + dueMs) * 1000) / 1000,
    askedMs: fromMonotonic(clock, askedNs),
    startMs: fromMonotonic(clock, startNs),
    endMs: fromMonotonic(clock, endNs),
    overMs: fromMonotonic(clock, overNs),
    error,
    data: acting.get(operation.kind)?.data(operation.op, operation, number) ?? {},
  }));

/** What instruments of actions saw as records: identities are verified here, and what fails is `forged`. Pure. */
export const seenRecords = (seen: readonly RawSeen[], { run, key, clock }: RecordContext): readonly SeenRecord[] =>
  seen.map(({ kind, atNs, id, data }) => {
    const identity = id === null ? null : readRequestId(run, key, id);
    const of = id === null ? null : (identity?.kind ?? 'forged');
    return { type: 'seen', kind, atMs: fromMonotonic(clock, atNs), seq: identity?.seq ?? null, data: { of, ...data } };
  });

/** What actions know to be lost of their own evidence. */
export const lossRecords = (acting: ReadonlyMap<string, Acting<Operation['op']>>): readonly LossRecord[] =>
  [...acting.values()].flatMap(({ losses }) =>
    (losses?.() ?? []).map((loss): LossRecord => ({ type: 'loss', data: {}, ...loss })),
  );
