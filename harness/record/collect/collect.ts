import { disturbancesOf } from '../../model/index.ts';
import type { AttemptRecord, HistoryRecord, Kinds, LegitRecord, LossRecord, TwinRecord } from '../../model/index.ts';
import { fromMonotonic } from '../../execute/clock/index.ts';
import type { RawRun, RawSegment } from '../../execute/run/index.ts';
import { deafWitnesses } from './deaf.ts';

/**
 * Joins everything that a run brought back into one history: the run record first, then all events in the order of their times,
 * then losses and the end. Pure.
 */
export const collect = (raw: RawRun, kinds: Kinds): HistoryRecord[] => {
  const { run, services, capacity, phases, ops, partial, endMs } = raw;
  const { hops } = run.stack;
  const disturbances = disturbancesOf(ops, kinds, hops);
  const witness = raw.seen.filter(({ kind }) => kind === 'witness');
  const segments = raw.segments.map((segment) => (partial === null ? { segment, losses: [] } : cut(segment)));
  const legit = segments.flatMap(({ segment }) => legitRecords(segment));
  const events: HistoryRecord[] = [
    ...legit,
    ...raw.segments.flatMap((segment) => [...attemptRecords(raw, segment), ...twinRecords(raw, segment)]),
    ...ops,
    ...raw.seen.filter(({ atMs }) => atMs !== null),
  ].sort((a, b) => timeOf(a) - timeOf(b));
  return [
    run,
    ...(capacity === null ? [] : [capacity]),
    ...phases,
    ...events,
    // What sums up a whole phase has no time of its own.
    ...raw.seen.filter(({ atMs }) => atMs === null),
    ...raw.losses,
    ...segments.flatMap(({ losses }) => losses),
    ...deafWitnesses({ services, routes: run.routes, hops, legit, disturbances, witness }),
    { type: 'end', partial: partial !== null, reason: partial, atMs: endMs },
  ];
};

/** What execute/load says of an arrival of which the generator said nothing. */
const unrecorded = 'unrecorded';

const timeOf = (record: HistoryRecord): number => {
  if ('atMs' in record) return record.atMs ?? 0;
  if (record.type === 'op') return record.startMs;
  if ('dueMs' in record) return record.dueMs;
  return 'startMs' in record ? record.startMs : 0;
};

const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;

/**
 * A segment that was cut short: without the arrivals of which the generator had said nothing yet. Those after the last that it
 * spoke of were not due, as far as anyone knows; those before it were under way, sent or not, and are counted as lost.
 */
const cut = (segment: RawSegment): { segment: RawSegment; losses: LossRecord[] } => {
  const legit = segment.legit.filter(({ error }) => error !== unrecorded);
  const lastMs = Math.max(0, ...legit.map(({ dueMs }) => dueMs));
  const count = segment.legit.filter(({ dueMs, error }) => error === unrecorded && dueMs <= lastMs).length;
  return {
    segment: { ...segment, legit },
    losses: count === 0 ? [] : [{ type: 'loss', observer: 'load', code: 'cut-short', count, data: {} }],
  };
};

const legitRecords = ({ originMs, legit }: RawSegment): LegitRecord[] =>
  legit.map(({ seq, route, dueMs, sentMs, endMs, status, error }) => ({
    type: 'legit',
    seq,
    route,
    dueMs: rounded(dueMs + originMs),
    sentMs: sentMs === null ? null : rounded(sentMs + originMs),
    endMs: endMs === null ? null : rounded(endMs + originMs),
    status,
    error,
  }));

const attemptRecords = ({ clock, attackIds }: RawRun, { originMs, attempts }: RawSegment): AttemptRecord[] =>
  attempts.map((raw) => ({
    type: 'attempt',
    seq: raw.seq,
    attack: attackIds[raw.attack]!,
    form: raw.form,
    dueMs: rounded(raw.dueMs + originMs),
    sentMs: fromMonotonic(clock, raw.sentNs),
    endMs: fromMonotonic(clock, raw.endNs),
    status: raw.status,
    error: raw.error,
    connection: raw.connection,
    proved: raw.proved,
  }));

const twinRecords = ({ clock, attackIds }: RawRun, { originMs, twins, twinResults }: RawSegment): TwinRecord[] =>
  twinResults.map((raw) => ({
    type: 'twin',
    seq: raw.seq,
    forms: twins[raw.stream]!.forms.map(([attack, form]) => [attackIds[attack]!, form] as const),
    dueMs: rounded(raw.dueMs + originMs),
    sentMs: fromMonotonic(clock, raw.sentNs),
    endMs: fromMonotonic(clock, raw.endNs),
    status: raw.status,
    error: raw.error,
  }));
