import t from 'tap';
import { readOrigin, readResults } from '../../../../harness/execute/load/results.ts';
import type { Arrival } from '../../../../harness/model/index.ts';

const arrivals: readonly Arrival[] = [
  [1, 0.1, 3],
  [2, 0.1, 4],
  [3, 0.1, 5],
  [4, 0.1, 6],
  [5, 0.1, 6],
];

t.test('one result for each arrival, in order, whatever k6 said and in whatever order', async (t) => {
  const text =
    'origin 1795499987914.250\n2 - - dropped\n1 2.250 2002.5 e1050\n0 1.125 5.5 403\n4 5.1 6.1 e1999\nnoise\n99 1 2 200\n1 x y 200\n';
  t.strictSame(readResults(text, arrivals, 10), [
    { seq: 10, route: 3, dueMs: 1, sentMs: 1.125, endMs: 5.5, status: 403, error: null },
    { seq: 11, route: 4, dueMs: 2, sentMs: 2.25, endMs: 2002.5, status: null, error: 'timeout' },
    { seq: 12, route: 5, dueMs: 3, sentMs: null, endMs: null, status: null, error: 'dropped' },
    { seq: 13, route: 6, dueMs: 4, sentMs: null, endMs: null, status: null, error: 'unrecorded' },
    { seq: 14, route: 6, dueMs: 5, sentMs: 5.1, endMs: 6.1, status: null, error: 'k6-1999' },
  ]);
  t.equal(readOrigin(text), 1795499987914.25);
});

t.test('a line that is still being written is no origin', async (t) => {
  t.equal(readOrigin(''), null);
  t.equal(readOrigin('origin 17954999'), null);
  t.equal(readOrigin('origin 1795499987914.2'), null);
});
