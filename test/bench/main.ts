import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { HistoryRecord } from '../../harness/model/index.ts';
import { decodeHistory, encodeHistory, readHistory } from '../../harness/record/history/index.ts';
import { buildReport } from '../support/check.ts';
import { attackOf, attempt, end, phase, runOf, traffic, witness } from '../support/history.ts';
import { compare } from './compare.ts';

/**
 * `npm run bench [-- RUN]`: what the stages after a run cost, each beside the plainest tool that could do a part of it, in one
 * process and in turn. With the folder of a run, on its history; otherwise on a synthetic one of 100,000 records.
 */
const synthetic = (): HistoryRecord[] => [
  runOf([attackOf()]),
  phase('rest', 0, 500_000),
  ...traffic(0, 500_000, 10),
  ...Array.from({ length: 25_000 }, (_, i) => attempt(i, i * 20)),
  ...Array.from({ length: 25_000 }, (_, i) => witness(i, i * 20, { of: 'legit' })),
  end(),
];

const folder = process.argv[2];
const records = folder === undefined ? synthetic() : readHistory(join(folder, 'history.ndjson.gz'));
const text = Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
const packed = gzipSync(text, { level: 6 });
const history = Buffer.concat([...encodeHistory(records)]);
const parse = (bytes: Buffer): unknown[] =>
  bytes
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

const outcomes = [
  compare({
    what: 'write a history (chained blocks)',
    peer: 'JSON.stringify and gzip',
    ours: () => [...encodeHistory(records)],
    theirs: () => gzipSync(Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join('')), { level: 6 }),
  }),
  compare({
    what: 'read a history (chain and shapes verified)',
    peer: 'gunzip and JSON.parse',
    ours: () => decodeHistory(history),
    theirs: () => parse(gunzipSync(packed)),
  }),
  compare({
    what: 'check and score a history',
    peer: 'JSON.parse of its lines',
    ours: () => buildReport(records),
    theirs: () => parse(text),
  }),
];

process.stdout.write(
  `${records.length} records, ${(text.length / 1e6).toFixed(1)} MB of JSON; ours ÷ peer, median (lowest to highest) of 7\n`,
);
for (const { what, peer, median, low, high } of outcomes) {
  process.stdout.write(`${median.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})  ${what}, beside ${peer}\n`);
}
process.stdout.write(
  `${(history.length / packed.length).toFixed(2)}  size of the history, beside one gzip of the same records\n`,
);
