import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { exitOfVerdict } from '../../../../harness/cli/index.ts';
import { makeRunFolder, writeFiles } from '../../../../harness/cli/run/index.ts';

t.test('a verdict decides the exit code: only HOLDS is 0, only BROKEN is 1', async (t) => {
  t.strictSame((['HOLDS', 'BROKEN', 'UNKNOWN', 'INVALID'] as const).map(exitOfVerdict), [0, 1, 2, 2]);
});

t.test('a run never overwrites another', async (t) => {
  const folder = t.testdir({ used: { 'report.json': '{}' }, empty: {} });
  t.throws(() => makeRunFolder(join(folder, 'used')), { code: 'usage', message: /new or empty/, hint: /\S/ });
  t.throws(() => makeRunFolder(join(folder, 'used', 'report.json')), { code: 'usage' }, 'a file is no folder');
  t.equal(readFileSync(join(folder, 'used', 'report.json'), 'utf8'), '{}');
  makeRunFolder(join(folder, 'empty'));
  makeRunFolder(join(folder, 'new', 'below'));
  t.ok(existsSync(join(folder, 'new', 'below')));
});

t.test('files are written with the folders on the way', async (t) => {
  const folder = t.testdir();
  writeFileSync(join(folder, 'other'), 'stays');
  writeFiles(
    folder,
    new Map([
      ['compose.yaml', 'a'],
      ['edge/envoy.yaml', 'b'],
    ]),
  );
  t.strictSame(
    ['compose.yaml', 'edge/envoy.yaml', 'other'].map((name) => readFileSync(join(folder, name), 'utf8')),
    ['a', 'b', 'stays'],
  );
});
