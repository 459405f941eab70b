import { mkdirSync, statSync } from 'node:fs';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { makeScratch, removeLeftFolders } from '../../../../harness/execute/engine/scratch.ts';

t.test('a scratch folder is for this user only', async (t) => {
  const path = makeScratch('r0-test');
  t.teardown(() => rmSync(path, { recursive: true }));
  t.equal(statSync(path).mode & 0o777, 0o700);
});

t.test('only left folders of runs that are not live go, and only after a while', async (t) => {
  const at = t.testdir();
  const names = [
    'holdfast-r1-live.abcdef',
    'holdfast-r2-dead.abcdef',
    'holdfast-build-k6.abcdef',
    'holdfast-mine',
    'other-r2.abcdef',
  ];
  for (const name of names) mkdirSync(join(at, name));
  const left = (): readonly string[] => readdirSync(at).toSorted();
  removeLeftFolders(new Set(['r1-live']), Date.now(), at);
  t.same(left(), names.toSorted(), 'a run makes its folder before its watchdog');
  removeLeftFolders(new Set(['r1-live']), Date.now() + 120_000, at);
  t.same(left(), names.filter((name) => name !== 'holdfast-r2-dead.abcdef').toSorted());
  removeLeftFolders(new Set(['r1-live']), Date.now() + 3 * 3600_000, at);
  t.same(left(), ['holdfast-mine', 'holdfast-r1-live.abcdef', 'other-r2.abcdef']);
});
