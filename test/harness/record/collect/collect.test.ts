import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import type { RawRun, RawSegment } from '../../../../harness/execute/run/index.ts';
import { plainLog } from '../../../../harness/model/index.ts';
import type { HistoryRecord, OpRecord } from '../../../../harness/model/index.ts';
import { readEdgeLog } from '../../../../harness/kinds/observers/edge-log/log.ts';
import { readJournal } from '../../../../harness/kinds/observers/witness/journal.ts';
import { discoverKinds } from '../../../../harness/kinds/index.ts';
import { collect as collectWith } from '../../../../harness/record/collect/index.ts';
import { decodeHistory, encodeHistory } from '../../../../harness/record/history/index.ts';
import { attackOf, hops, runOf } from '../../../support/history.ts';
import { clock, context, edgeLine, entry, id, key, ns, run, write } from '../../../support/journals.ts';

const kinds = await discoverKinds();
/** A run whose journals are still to be read. */
type Given = RawRun & { readonly journal: string };
/** Reads what the workloads and the edge wrote, and joins it with the rest. */
const collect = ({ journal, ...given }: Given): HistoryRecord[] => {
  const read = [
    ...given.services.map((service) => readJournal(join(journal, `${service}.ndjson`), service, context)),
    readEdgeLog(join(journal, 'edge.ndjson'), plainLog, { ...context, policy: { rules: [] } }),
  ];
  return collectWith(
    {
      ...given,
      seen: [...read.flatMap(({ seen }) => seen), ...given.seen],
      losses: [...given.losses, ...read.flatMap(({ losses }) => losses)],
    },
    kinds,
  );
};

const send = {
  to: 'edge',
  port: 8443,
  transport: 'tls',
  freshShare: 1,
  http: { method: 'GET', path: '/', headers: [] },
} as const;
const services = ['storefront', 'orders', 'payments'];

const answered = (seq: number, dueMs: number, route = 0) => ({
  seq,
  route,
  dueMs,
  sentMs: dueMs + 0.5,
  endMs: dueMs + 4,
  status: 200,
  error: null,
});
const unsent = { sentMs: null, endMs: null, status: null };

const segment = (originMs: number, more: Partial<RawSegment> = {}): RawSegment => ({
  originMs,
  twins: [{ send, vantage: 'outside', atMs: [0, 10], forms: [[1, 0]] }],
  legit: [],
  attempts: [],
  twinResults: [],
  ...more,
});

/** A run whose journals hold what `journals` says; a service that is not named there has an empty one. */
const raw = (folder: string, journals: Readonly<Record<string, readonly string[]>>, more: Partial<RawRun>): Given => {
  for (const name of ['edge', ...services]) write(folder, `${name}.ndjson`, journals[name] ?? []);
  return {
    run: runOf([attackOf({ id: 'E1' }), attackOf({ id: 'M3' })], { run }),
    key,
    clock,
    journal: folder,
    services,
    attackIds: ['E1', 'M3'],
    capacity: null,
    phases: [{ type: 'phase', id: 'rest', startMs: 0, endMs: 10_000 }],
    segments: [],
    ops: [],
    seen: [],
    losses: [],
    partial: null,
    endMs: 10_000,
    ...more,
  };
};

/** A hop that is taken over from one time to another. */
const takenOver = (startMs: number, endMs: number): OpRecord => ({
  type: 'op',
  kind: 'intercept',
  op: 0,
  dueMs: startMs,
  askedMs: startMs,
  startMs,
  endMs,
  overMs: endMs,
  error: null,
  data: { window: 0, attack: 'M3', form: 0, hop: hops[2]! },
});

const of = <T extends HistoryRecord['type']>(records: readonly HistoryRecord[], type: T) =>
  records.filter((record): record is Extract<HistoryRecord, { type: T }> => record.type === type);

/** The journal entries of legitimate requests on the route that crosses the whole chain. */
const seenBy = (...seqs: readonly number[]): readonly string[] => seqs.map((seq) => entry(seq, id('legit', seq)));

t.test(
  "every time counts from the run's origin, in whatever clock and from whatever origin it was taken",
  async (t) => {
    const records = collect(
      raw(
        t.testdir(),
        {
          edge: [edgeLine(1001.5, id('legit', 0))],
          storefront: [entry(1002, id('legit', 0))],
          orders: [entry(1002.5, id('legit', 0))],
          payments: [entry(1003, id('legit', 0))],
        },
        {
          segments: [
            segment(1000.25, { legit: [answered(0, 0.75), { ...answered(1, 3), ...unsent, error: 'dropped' }] }),
            segment(5000, {
              attempts: [
                {
                  seq: 9,
                  attack: 1,
                  form: 0,
                  dueMs: 20,
                  sentNs: ns(5020.125),
                  endNs: ns(5024),
                  status: null,
                  error: 'ECONNRESET',
                  connection: 'c1',
                  proved: false,
                },
              ],
              twinResults: [
                {
                  seq: 9,
                  stream: 0,
                  dueMs: 10,
                  sentNs: ns(5010),
                  endNs: ns(5012.0004),
                  status: 200,
                  error: null,
                  connection: 'c2',
                },
              ],
            }),
          ],
        },
      ),
    );
    t.match(of(records, 'legit'), [
      { seq: 0, dueMs: 1001, sentMs: 1001.5, endMs: 1005 },
      { seq: 1, dueMs: 1003.25, sentMs: null, endMs: null, error: 'dropped' },
    ]);
    t.match(of(records, 'attempt'), [
      { attack: 'M3', dueMs: 5020, sentMs: 5020.125, endMs: 5024, error: 'ECONNRESET' },
    ]);
    t.match(of(records, 'twin'), [{ forms: [['M3', 0]], dueMs: 5010, sentMs: 5010, endMs: 5012 }]);
    const seen = of(records, 'seen');
    t.match(
      seen.filter(({ kind }) => kind === 'edge-log'),
      [{ seq: 0, atMs: 1001.5, data: { of: 'legit' } }],
    );
    t.strictSame(
      seen.filter(({ kind }) => kind === 'witness').map(({ data, atMs }) => [data['service'], atMs]),
      [
        ['storefront', 1002],
        ['orders', 1002.5],
        ['payments', 1003],
      ],
    );
    t.strictSame(of(records, 'loss'), []);
  },
);

t.test('one history: the run first, events by time, the end last; and it can be written and read', async (t) => {
  const folder = t.testdir();
  const moment = fc.integer({ min: 0, max: 9_000_000 }).map((us) => us / 1000);
  fc.assert(
    fc.property(fc.array(moment, { maxLength: 20 }), fc.array(moment, { maxLength: 20 }), (dues, seen) => {
      const records = collect(
        raw(
          folder,
          { orders: seen.map((atMs, i) => entry(atMs, id('canary', i))) },
          {
            segments: [segment(0.5, { legit: dues.map((dueMs, i) => answered(i, dueMs, 1)) })],
            ops: [takenOver(4000, 4500)],
            losses: [{ type: 'loss', observer: 'clock', code: 'stepped', count: 1, data: { ms: 7 } }],
          },
        ),
      );
      const times = records.flatMap((record) =>
        record.type === 'legit'
          ? record.dueMs
          : record.type === 'seen' && record.kind === 'witness'
            ? (record.atMs ?? [])
            : record.type === 'op'
              ? record.startMs
              : [],
      );
      return (
        records[0]?.type === 'run' &&
        records.at(-1)?.type === 'end' &&
        times.length === dues.length + seen.length + 1 &&
        times.every((time, i) => i === 0 || times[i - 1]! <= time) &&
        JSON.stringify(decodeHistory(Buffer.concat([...encodeHistory(records)]))) === JSON.stringify(records)
      );
    }),
    { numRuns: 50 },
  );
});

t.test('what was lost stands in the history, by name', async (t) => {
  const folder = t.testdir();
  const given = raw(folder, {}, { losses: [{ type: 'loss', observer: 'tap', code: 'dropped', count: 2, data: {} }] });
  write(folder, 'orders.ndjson', ['{"t":'], '');
  t.strictSame(
    of(collect(given), 'loss').map(({ observer, code, count, data }) => [observer, code, count, data['service']]),
    [
      ['tap', 'dropped', 2, undefined],
      ['witness', 'unreadable', 1, 'orders'],
    ],
  );
});

t.test('a witness that did not journal what was answered through it is deaf, and that is a loss', async (t) => {
  const legit = [answered(0, 100), answered(1, 200), answered(2, 300, 1), { ...answered(3, 400), status: 403 }];
  const journals = { storefront: seenBy(0, 1, 2), orders: seenBy(0, 1), payments: seenBy(1) };
  const losses = (more: Partial<RawRun>, seen: Readonly<Record<string, readonly string[]>> = journals) =>
    of(collect(raw(t.testdir(), seen, { segments: [segment(0, { legit })], ...more })), 'loss');
  t.match(losses({}), {
    length: 1,
    0: { observer: 'witness', code: 'missed', count: 1, data: { service: 'payments' } },
  });
  t.strictSame(
    losses({}, { ...journals, payments: seenBy(0, 1) }),
    [],
    'a refused request need not be seen, nor a shorter route',
  );
  t.match(
    losses({}, {}).map(({ data, count }) => `${data['service']} ${count}`),
    ['storefront 3', 'orders 2', 'payments 2'],
  );
  t.strictSame(losses({ ops: [takenOver(90, 150)] }), [], 'an impostor may have answered in the place of the service');
  const lastDeaf = { ...journals, storefront: seenBy(0, 1), payments: seenBy(0, 1) };
  t.match(
    losses({ ops: [takenOver(290, 350)] }, lastDeaf),
    { length: 1, 0: { data: { service: 'storefront' } } },
    'a hop that the request does not pass excuses nothing',
  );
  t.match(
    losses({ ops: [{ ...takenOver(0, 9000), kind: 'reload', data: { to: 'own' } }] }),
    { length: 1, 0: { data: { service: 'payments' } } },
    'nor does what disturbs nothing, however long it lasts',
  );
});

t.test('an interrupted run is marked so, and what was not due any more is no drop', async (t) => {
  const folder = join(t.testdir(), 'journal');
  mkdirSync(folder);
  const dropped = { ...answered(1, 150, 1), ...unsent, error: 'dropped' };
  const silent = [3, 4, 5].map((seq) => ({ ...answered(seq, 60 * seq, 1), ...unsent, error: 'unrecorded' }));
  const given = (partial: string | null): Given =>
    raw(
      folder,
      { storefront: seenBy(0, 2) },
      {
        segments: [segment(0, { legit: [answered(0, 100, 1), dropped, answered(2, 200, 1), ...silent] })],
        partial,
        endMs: 900,
      },
    );
  const partial = collect(given('stopped: SIGINT'));
  t.strictSame(
    of(partial, 'legit').map(({ seq, error }) => [seq, error]),
    [
      [0, null],
      [1, 'dropped'],
      [2, null],
    ],
  );
  t.match(
    of(partial, 'loss'),
    [{ observer: 'load', code: 'cut-short', count: 1 }],
    'the one that was due and not heard of',
  );
  t.strictSame(partial.at(-1), { type: 'end', partial: true, reason: 'stopped: SIGINT', atMs: 900 });
  const whole = collect(given(null));
  t.equal(of(whole, 'legit').length, 6, 'in a whole run every arrival has to be accounted for');
  t.strictSame(of(whole, 'loss'), []);
  t.match(whole.at(-1), { type: 'end', partial: false, reason: null });
});
