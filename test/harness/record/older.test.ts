import fc from 'fast-check';
import t from 'tap';
import { HoldfastError } from '../../../harness/model/index.ts';
import type { HistoryRecord, Report } from '../../../harness/model/index.ts';
import { decodeHistory, encodeHistory } from '../../../harness/record/history/index.ts';
import { buildReport } from '../../support/check.ts';
import { attackOf, attempt, end, phase, runOf, seen, traffic } from '../../support/history.ts';

/** Records as versions before operations and sightings wrote them, beside those that never changed. */
const history = (...records: readonly object[]): Buffer =>
  Buffer.concat([
    ...encodeHistory([
      runOf([attackOf()]),
      phase('rest', 0, 4000),
      ...traffic(0, 4000, 35),
      ...[1000, 1400, 1800].map((atMs, i) => attempt(i, atMs)),
      ...(records as readonly HistoryRecord[]),
      end(),
    ]),
  ]);
const report = (...records: readonly object[]): Report => buildReport(decodeHistory(history(...records)));
const lost = (what: string): Report => report({ type: 'loss', what, count: 1, detail: 'd' });

t.test('a loss in words decides as it did, whatever its words', async (t) => {
  t.match(report(), { verdict: 'HOLDS' });
  for (const what of ['journal of orders', 'witness of orders', 'witnesses', 'journal', 'attempt 7', 'interceptors'])
    t.match(lost(what), { verdict: 'UNKNOWN', reasons: [{ code: 'evidence-lost' }] }, what);
  for (const what of ['wall clock', 'tap-cut', "the edge's access log", 'valueOf', '__proto__', ''])
    t.match(lost(what), { verdict: 'HOLDS', reasons: [] }, what);
});

t.test('a history is of one form', async (t) => {
  const older = { type: 'reload', atMs: 10, to: 'own', error: null };
  const present = seen('edge-log', 1, 10, { of: 'legit', status: 200, reason: '' });
  for (const records of [
    [older, present],
    [present, older],
  ])
    t.throws(() => decodeHistory(history(...records)), { code: 'bad-run', message: /form/ });
});

t.test('any record of the old types is upgraded or refused, and nothing else is thrown', async (t) => {
  const value = fc.oneof(
    fc.string(),
    fc.double(),
    fc.constantFrom(null, 0, 1, -1, '__proto__', 'valueOf', 'toString'),
    fc.object(),
  );
  const type = fc.constantFrom(
    'window',
    'reload',
    'hand',
    'witness',
    'edge',
    'interceptor',
    'tap',
    'cleartext',
    'loss',
    '__proto__',
    'constructor',
  );
  const names = fc.constantFrom(
    'what',
    'count',
    'detail',
    'kind',
    'event',
    'atMs',
    'seq',
    'window',
    'attack',
    'form',
    'hop',
    'to',
    'error',
    'packets',
    'link',
    'phase',
  );
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(type, fc.dictionary(names, value), (of, fields) => {
        try {
          report({ ...fields, type: of });
        } catch (error) {
          if (!(error instanceof HoldfastError) || error.code !== 'bad-run') throw error;
        }
      }),
      { numRuns: 300 },
    ),
  );
});
