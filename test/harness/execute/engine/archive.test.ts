import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { loadArchive, recipesKey, saveArchive } from '../../../../harness/execute/engine/index.ts';
import type { Host } from '../../../../harness/execute/engine/host.ts';

const host = (run: Host['run']): Host => ({
  root: true,
  systemd: false,
  has: () => true,
  run,
  sleep: () => Promise.resolve(),
});

t.test('a cache is named by what its images are made from, in no order', async (t) => {
  const a = { reference: 'holdfast/a:1', digest: 'aa' };
  const b = { reference: 'holdfast/b:1', digest: 'bb' };
  t.equal(recipesKey([a, b]), recipesKey([b, a]));
  t.match(recipesKey([a, b]), /^[0-9a-f]{64}$/);
  t.not(recipesKey([a]), recipesKey([a, b]));
  t.not(recipesKey([a, b]), recipesKey([a, { ...b, digest: 'bc' }]));
});

t.test('an archive is written under its name only when it is whole', async (t) => {
  const file = join(t.testdir(), 'cache/images.tar');
  const said: string[] = [];
  const calls: (readonly string[])[] = [];
  await saveArchive(
    ['holdfast/a:1', 'holdfast/b:1'],
    file,
    host(async (command, args) => {
      calls.push([command, ...args]);
      writeFileSync(args[2]!, 'layers');
      return { ok: true, output: '' };
    }),
    (line) => said.push(line),
  );
  t.strictSame(calls, [['docker', 'save', '--output', `${file}.part`, 'holdfast/a:1', 'holdfast/b:1']]);
  t.equal(readFileSync(file, 'utf8'), 'layers');
  t.match(said, [/saved .*images\.tar/]);
  const full = host(async (_, args) => {
    writeFileSync(args[2]!, 'half');
    return { ok: false, output: 'write images.tar.part: no space left on device' };
  });
  await t.rejects(
    saveArchive(['holdfast/a:1'], file, full, () => undefined),
    {
      code: 'internal',
      message: /no space left/,
    },
  );
  t.equal(readFileSync(file, 'utf8'), 'layers', 'what was there stays');
  t.strictSame(readdirSync(join(file, '..')), ['images.tar']);
});

t.test('an archive that is not there, or broken, is said and no more', async (t) => {
  const folder = t.testdir({ 'images.tar': 'no archive' });
  const said: string[] = [];
  const refuse = host(async () => ({ ok: false, output: 'open /var/x: \narchive/tar: invalid tar header' }));
  await loadArchive(join(folder, 'none.tar'), refuse, (line) => said.push(line));
  await loadArchive(join(folder, 'images.tar'), refuse, (line) => said.push(line));
  t.match(said, [/no archive at .*none\.tar/, /was refused: .*\n.*invalid tar header/]);
  t.ok(existsSync(join(folder, 'images.tar')));
});
