import { join } from 'node:path';
import t from 'tap';
import { collectEdge } from '../../../../harness/record/collect/edge.ts';
import { context, edgeLine, id, write } from './journals.ts';

t.test("the edge's own log becomes arrival times, verified identities and reasons", async (t) => {
  const file = write(t.testdir(), 'edge.ndjson', [
    edgeLine(12.345, id('legit', 3)),
    edgeLine(20, id('attack', 4), { status: 401, flags: 'UAEX', reason: 'jwt_authn_access_denied{Jwt_is_missing}' }),
    edgeLine(30, null, { status: 400, flags: 'DPE', reason: null }),
    edgeLine(40, 'r0.legit.1.0123456789abcdef', { flags: '-', reason: '-' }),
  ]);
  t.strictSame(collectEdge(file, context), {
    records: [
      {
        type: 'seen',
        kind: 'edge-log',
        seq: 3,
        atMs: 12.345,
        data: { of: 'legit', status: 200, reason: 'via_upstream' },
      },
      {
        type: 'seen',
        kind: 'edge-log',
        seq: 4,
        atMs: 20,
        data: { of: 'attack', status: 401, reason: 'UAEX jwt_authn_access_denied{Jwt_is_missing}' },
      },
      { type: 'seen', kind: 'edge-log', seq: 0, atMs: 30, data: { of: 'forged', status: 400, reason: 'DPE' } },
      { type: 'seen', kind: 'edge-log', seq: 0, atMs: 40, data: { of: 'forged', status: 200, reason: '' } },
    ],
    losses: [],
  });
});

t.test('lines that cannot be read, and a log that is not there, are losses', async (t) => {
  const folder = t.testdir();
  const torn = write(folder, 'edge.ndjson', [
    edgeLine(1, id('legit', 1)),
    '{"at":"1.5',
    edgeLine(2, null, { at: 'now' }),
  ]);
  t.match(collectEdge(torn, context), {
    records: { length: 1 },
    losses: [{ observer: 'edge-log', code: 'unreadable', count: 2 }],
  });
  t.match(collectEdge(join(folder, 'none.ndjson'), context), {
    records: [],
    losses: [{ observer: 'edge-log', code: 'no-file', count: 1 }],
  });
});
