import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { changedFiles, writeMounted } from '../../../../harness/execute/operate/mounted.ts';

t.test('what differs is written in place, longer or shorter', async (t) => {
  const own = new Map([
    ['a', 'one\n'],
    ['b', 'two\n'],
  ]);
  const changed = changedFiles(own, new Map([...own, ['b', '2\n']]));
  t.strictSame([...changed.keys()], ['b']);
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-reload-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of own) writeFileSync(join(folder, path), text);
  const before = statSync(join(folder, 'b')).ino;
  for (const text of ['2\n', 'two and more, and ünicode\n', '']) {
    writeMounted(folder, new Map([['b', text]]));
    t.equal(readFileSync(join(folder, 'b'), 'utf8'), text);
  }
  t.equal(statSync(join(folder, 'b')).ino, before, 'a mount of the file still shows it');
});
