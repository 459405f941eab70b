import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { serialiseReport } from '../../../../harness/check/index.ts';
import { resolveSide, withFiles } from '../../../../harness/cli/compare/index.ts';
import type { RunsSide } from '../../../../harness/cli/compare/index.ts';
import { postureOf } from '../../../../harness/compare/index.ts';
import type { HistoryRecord, RunRecord } from '../../../../harness/model/index.ts';
import { writeHistory } from '../../../../harness/record/history/index.ts';
import { buildReport } from '../../../support/check.ts';
import { attackOf, attempt, end, phase, runOf, traffic } from '../../../support/history.ts';

const root = mkdtempSync(join(tmpdir(), 'holdfast-'));
t.teardown(() => rmSync(root, { recursive: true }));

const records: readonly HistoryRecord[] = [
  runOf([attackOf({ required: 3 })]),
  phase('rest', 0, 5000),
  ...traffic(0, 5000, 200),
  ...[1000, 2000, 3000].map((atMs, seq) => attempt(seq, atMs)),
  end(),
];

/** A folder as a run leaves it, from a history whose run record was changed. */
const folderOf = (name: string, change: (run: RunRecord) => RunRecord): string => {
  const folder = join(root, name);
  mkdirSync(join(folder, 'config/edge'), { recursive: true });
  const changed = records.map((record) => (record.type === 'run' ? change(record) : record));
  writeHistory(join(folder, 'history.ndjson.gz'), changed);
  writeFileSync(join(folder, 'report.json'), serialiseReport(buildReport(changed)));
  writeFileSync(join(folder, 'config/edge/envoy.yaml'), 'node: edge\n');
  return folder;
};

const quiet = (): void => undefined;
const side = async (folder: string, progress: (line: string) => void = quiet): Promise<RunsSide> =>
  (await resolveSide(folder, root, progress)) as RunsSide;

const first = folderOf('first', (run) => run);
const second = folderOf('second', (run) => ({
  ...run,
  policy: { ...run.policy, name: 'another' },
  digests: { ...run.digests, policy: 'another' },
}));

t.test('a report of an older version is computed again from the history, and the file stays', async (t) => {
  const folder = join(root, 'older');
  cpSync(first, folder, { recursive: true });
  const { load, ...report } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
  const { latencyBlocks: _, ...less } = load;
  const older = JSON.stringify({ ...report, load: less });
  writeFileSync(join(folder, 'report.json'), older);
  const said: string[] = [];
  const { postures, digests } = await side(folder, (line) => said.push(line));
  t.strictSame(postures, (await side(first)).postures);
  t.strictSame(digests, (await side(first)).digests);
  t.match(said, [/not as this version writes it: computed again/]);
  t.equal(readFileSync(join(folder, 'report.json'), 'utf8'), older);
  writeFileSync(join(folder, 'report.json'), older.slice(0, -9));
  await t.rejects(side(folder), { code: 'bad-run', place: { line: 1 } }, 'what is no JSON is not another version');
});

t.test('a side is what the report of its folder says', async (t) => {
  t.strictSame((await side(first)).postures, [postureOf(buildReport(records))]);
});

t.test('the policy is compared line by line where it differs, and both have it', async (t) => {
  const [one, other] = [await side(first), await side(second)];
  const [a, b] = withFiles(one, other);
  t.strictSame([...(a.files?.keys() ?? [])], ['edge/envoy.yaml', 'policy']);
  t.match(b.files?.get('policy'), /^name: another$/m);
  t.notOk(withFiles(one, one)[0].files?.has('policy'), 'not where it is the same');
  truncateSync(join(second, 'history.ndjson.gz'), 40);
  t.notOk(withFiles(one, other)[0].files?.has('policy'), 'not where one side cannot say it');
  const bare = join(root, 'bare');
  mkdirSync(bare);
  copyFileSync(join(first, 'report.json'), join(bare, 'report.json'));
  t.equal(withFiles(one, await side(bare))[1].files, null, 'no configuration, no lines');
});
