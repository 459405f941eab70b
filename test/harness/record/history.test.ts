import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import t from 'tap';
import { HoldfastError } from '../../../harness/model/index.ts';
import type { HistoryRecord } from '../../../harness/model/index.ts';
import { decodeHistory, encodeHistory, readHistory, writeHistory } from '../../../harness/record/history/index.ts';
import {
  attackOf,
  attempt,
  end,
  legit,
  loss,
  phase,
  runOf,
  tap,
  traffic,
  twin,
  witness,
} from '../../support/history.ts';

const sample: HistoryRecord[] = [
  runOf([attackOf()]),
  phase('rest', 0, 10_000),
  ...traffic(0, 9000, 1),
  attempt(0, 500),
  twin(0, 500),
  witness(0, 501),
  tap('a–b', 'rest', {}),
  end(),
];
const blocks = [...encodeHistory(sample)];
const whole = Buffer.concat(blocks);

/** Decoding either gives the very same records or a `bad-run` that names a block: anything else is a bug. */
const refusal = (bytes: Buffer): string | null => {
  try {
    const records = decodeHistory(bytes);
    return JSON.stringify(records) === JSON.stringify(sample) ? null : 'other records, and no error';
  } catch (error) {
    if (!(error instanceof HoldfastError) || error.code !== 'bad-run') throw error;
    return /^block \d+ of .* \(byte \d+\): .*expected/.test(error.message) ? 'refused' : `unclear: ${error.message}`;
  }
};

t.test('what was written is read', async (t) => {
  t.same(decodeHistory(whole), sample);
  t.ok(blocks.length > 2, 'several blocks');
  const file = join(t.testdir(), 'history.ndjson.gz');
  writeHistory(file, sample);
  t.same(readHistory(file), sample);
  const lines = execFileSync('zcat', [file]).toString().trimEnd().split('\n');
  t.equal(lines.length, sample.length + blocks.length, 'zcat reads it');
  t.match(JSON.parse(lines[0] ?? ''), { block: 0, previous: /^0{64}$/, records: 4096 });
});

t.test('what was changed is refused', async (t) => {
  t.equal(refusal(Buffer.concat(blocks.toReversed())), 'refused', 'reordered');
  t.equal(refusal(Buffer.concat(blocks.toSpliced(1, 1))), 'refused', 'a gap');
  t.equal(refusal(Buffer.concat(blocks.slice(0, -1))), 'refused', 'the last block is gone');
  t.equal(refusal(Buffer.concat([whole, blocks[2] ?? whole])), 'refused', 'a block after the end');
  t.equal(refusal(Buffer.alloc(0)), 'refused', 'nothing');
  t.equal(refusal(gzipSync('{}\n')), 'refused', 'gzip of something else');
  // An edit by somebody who packs the block again: only the chain can tell.
  const edited = [
    ...encodeHistory(
      sample.map((record) => (record.type === 'legit' && record.seq === 7 ? legit(7, 7, { status: 500 }) : record)),
    ),
  ];
  t.throws(() => decodeHistory(Buffer.concat([edited[0] ?? whole, ...blocks.slice(1)])), { message: /^block 1 of/ });
  t.throws(() => readHistory(join(t.testdir(), 'none')), { code: 'bad-run' });
  const file = join(t.testdir(), 'text');
  writeFileSync(file, 'not gzip');
  t.throws(() => readHistory(file), { code: 'bad-run' });
});

t.test('any damage is refused, and nothing crashes', async () => {
  const damage = fc.oneof(
    fc.record({ at: fc.nat(whole.length - 1), bit: fc.nat(7) }).map(({ at, bit }) => {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
      return bytes;
    }),
    fc.nat(whole.length - 1).map((length) => whole.subarray(0, length)),
    fc
      .tuple(fc.nat(whole.length - 1), fc.uint8Array({ minLength: 1, maxLength: 40 }))
      .map(([at, more]) => Buffer.concat([whole.subarray(0, at), more, whole.subarray(at)])),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  );
  // The bits that pad a deflate stream to a whole byte carry nothing: with them flipped the records are the same.
  fc.assert(
    fc.property(damage, (bytes) => [null, 'refused'].includes(refusal(bytes))),
    { numRuns: 400 },
  );
});

t.test('a record of the wrong shape is refused with its line', async (t) => {
  const wrong = (record: unknown): Buffer =>
    Buffer.concat([...encodeHistory([runOf([]), record as HistoryRecord, end()])]);
  const cases: readonly (readonly [unknown, RegExp])[] = [
    [null, /line 3: expected a JSON object/],
    [{ type: 'gossip' }, /line 3: expected a record type, found "gossip"/],
    [{ ...legit(0, 0), dueMs: '0' }, /line 3: expected dueMs of a legit record to be .*expected number.* found "0"/],
    [{ ...twin(0, 0), forms: [3] }, /line 3: expected forms/],
    [{ ...tap('a', 'rest', {}), data: 3 }, /line 3: expected data of a seen record/],
    [{ type: 'witness', kind: 'attack', seq: 0, service: 'a', atMs: 0 }, /line 3: method of a witness record/],
    [
      { type: 'window', window: 0, attack: 'E3', form: 0, hop: {}, startMs: 0, endMs: 1, error: null },
      /line 3: hop\.from of a window record/,
    ],
    [
      { ...legit(0, 0), error: 'timeout' },
      /line 3: expected status of a legit record .*exactly one of status and error/,
    ],
    [{ ...attempt(0, 0), status: null, error: null }, /line 3: expected status of a attempt record .*exactly one/],
    [{ ...twin(0, 0), status: null }, /line 3: expected status of a twin record .*exactly one/],
    [loss('witness', 'missed', -1), /line 3: expected count of a loss record/],
    [{ ...runOf([]), attacks: [{}] }, /line 3: expected attacks\.0\.id/],
  ];
  for (const [record, message] of cases) t.throws(() => decodeHistory(wrong(record)), { code: 'bad-run', message });
});
