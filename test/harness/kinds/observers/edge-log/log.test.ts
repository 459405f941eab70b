import { join } from 'node:path';
import t from 'tap';
import { commonLog, plainLog } from '../../../../../harness/model/index.ts';
import { readEdgeLog } from '../../../../../harness/kinds/observers/edge-log/log.ts';
import { context as base, edgeLine, id, write } from '../../../../support/journals.ts';

const policy = { rules: [{ id: 'own', who: 'authenticated' as const, methods: ['GET'], paths: ['/own'] }] };
const context = { ...base, policy };

t.test("the edge's own log becomes arrival times, verified identities and reasons", async (t) => {
  const file = write(t.testdir(), 'edge.ndjson', [
    edgeLine(12.345, id('legit', 3)),
    edgeLine(20, id('attack', 4), { status: 401, flags: 'UAEX', reason: 'jwt_authn_access_denied{Jwt_is_missing}' }),
    edgeLine(30, null, { status: 400, flags: 'DPE', reason: null }),
    edgeLine(40, 'r0.legit.1.0123456789abcdef', { flags: '-', reason: '-' }),
  ]);
  const common = { type: 'seen', kind: 'edge-log' };
  const did = null;
  t.strictSame(readEdgeLog(file, plainLog, context), {
    seen: [
      { ...common, seq: 3, atMs: 12.345, data: { of: 'legit', status: 200, reason: 'via_upstream', did } },
      {
        ...common,
        seq: 4,
        atMs: 20,
        data: { of: 'attack', status: 401, reason: 'UAEX jwt_authn_access_denied{Jwt_is_missing}', did },
      },
      { ...common, seq: 0, atMs: 30, data: { of: 'forged', status: 400, reason: 'DPE', did } },
      { ...common, seq: 0, atMs: 40, data: { of: 'forged', status: 200, reason: '', did } },
    ],
    losses: [],
  });
});

t.test(
  'what the edge did is what its product reads in a line, and the rules of the policy are known to it',
  async (t) => {
    const log = commonLog(({ status, reason }, rules) =>
      status === 404 ? null : rules.has(reason!) ? 'allow' : 'deny',
    );
    const file = write(t.testdir(), 'edge.ndjson', [
      edgeLine(1, id('attack', 1), { reason: 'own' }),
      edgeLine(2, id('attack', 2), { reason: 'another' }),
      edgeLine(3, id('attack', 3), { status: 404 }),
      edgeLine(4000, id('attack', 4), { took: '1.5' }),
    ]);
    const { seen } = readEdgeLog(file, log, context);
    t.strictSame(
      seen.map(({ data }) => data['did']),
      ['allow', 'deny', null, 'deny'],
    );
    t.equal(seen[3]?.atMs, 2500, 'logged at its end');
  },
);

t.test('lines that cannot be read, and a log that is not there, are losses', async (t) => {
  const folder = t.testdir();
  const torn = write(folder, 'edge.ndjson', [
    edgeLine(1, id('legit', 1)),
    '{"at":"1.5',
    edgeLine(2, null, { at: 'now' }),
  ]);
  t.match(readEdgeLog(torn, plainLog, context), {
    seen: { length: 1 },
    losses: [{ observer: 'edge-log', code: 'unreadable', count: 2 }],
  });
  t.match(
    readEdgeLog(torn, { ...plainLog, beside: /^\{"at":"1\.5$/ }, context).losses,
    [{ count: 1 }],
    'beside requests',
  );
  t.match(readEdgeLog(join(folder, 'none.ndjson'), plainLog, context), {
    seen: [],
    losses: [{ observer: 'edge-log', code: 'no-file', count: 1 }],
  });
});
