import { join } from 'node:path';
import type { AttemptRecord, HistoryRecord, LegitRecord, TwinRecord } from '../../model/index.ts';
import { markersOf } from '../../execute/attack/index.ts';
import { fromMonotonic } from '../../execute/clock/index.ts';
import type { RawRun, RawSegment } from '../../execute/run/index.ts';
import { deafWitnesses } from './deaf.ts';
import { collectEdge } from './edge.ts';
import { collectWitness } from './witness.ts';

/**
 * Joins everything that a run brought back into one history: the run record first, then all events in the order of their times,
 * then losses and the end. Effects: reads the journals.
 */
export const collect = (raw: RawRun): HistoryRecord[] => {
  const { run, key, clock, journal, services, capacity, phases, windows, interceptor, tap, cleartext, partial, endMs } =
    raw;
  const context = { run: run.run, key, clock, markersOf };
  const witness = services.map((service) => collectWitness(join(journal, `${service}.ndjson`), service, context));
  const edge = collectEdge(join(journal, 'edge.ndjson'), context);
  const seen = witness.flatMap(({ records }) => records);
  const legit = raw.segments.flatMap((segment) => legitRecords(partial === null ? segment : untilTheLast(segment)));
  const events: HistoryRecord[] = [
    ...legit,
    ...raw.segments.flatMap((segment) => [...attemptRecords(raw, segment), ...twinRecords(raw, segment)]),
    ...seen,
    ...edge.records,
    ...windows,
    ...interceptor,
    ...cleartext,
  ].sort((a, b) => timeOf(a) - timeOf(b));
  return [
    run,
    ...(capacity === null ? [] : [capacity]),
    ...phases,
    ...events,
    ...tap,
    ...raw.losses,
    ...witness.flatMap(({ losses }) => losses),
    ...edge.losses,
    ...deafWitnesses({ services, routes: run.routes, legit, windows, witness: seen }),
    { type: 'end', partial: partial !== null, reason: partial, atMs: endMs },
  ];
};

/** What execute/load says of an arrival of which the generator said nothing. */
const unrecorded = 'unrecorded';

const timeOf = (record: HistoryRecord): number => {
  if ('atMs' in record) return record.atMs;
  if ('dueMs' in record) return record.dueMs;
  return 'startMs' in record ? record.startMs : 0;
};

const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;

/**
 * A segment that was cut short, without the arrivals after the last of which anything was heard: nobody was to send them any more,
 * so they are no drops.
 */
const untilTheLast = (segment: RawSegment): RawSegment => {
  const heard = segment.legit.filter(({ error }) => error !== unrecorded);
  const lastMs = Math.max(0, ...heard.map(({ dueMs }) => dueMs));
  return { ...segment, legit: segment.legit.filter(({ dueMs, error }) => error !== unrecorded || dueMs <= lastMs) };
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
