import { appendFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import t from 'tap';
import { tailFile } from '../../../../harness/execute/live/tail.ts';

const read = async (tail: ReturnType<typeof tailFile>): Promise<string> => {
  let text = '';
  await tail.read((piece) => (text += piece));
  return text;
};

t.test('hands over whole lines, each once', async (t) => {
  const file = join(t.testdir(), 'a');
  const tail = tailFile(file);
  t.equal(await read(tail), '', 'it need not be there yet');
  writeFileSync(file, 'one\ntwo\nthr');
  t.equal(await read(tail), 'one\ntwo\n');
  t.equal(await read(tail), '');
  appendFileSync(file, 'ee\nfour');
  t.equal(await read(tail), 'three\n', 'a line that was cut waits for its rest');
  appendFileSync(file, '\n');
  t.equal(await read(tail), 'four\n');
});

t.test('from the end, what was there before is passed over', async (t) => {
  const file = join(t.testdir(), 'a');
  writeFileSync(file, 'old\n');
  const tail = tailFile(file, { from: 'end' });
  t.equal(await read(tail), '');
  appendFileSync(file, 'new\n');
  t.equal(await read(tail), 'new\n');
});

t.test('a file that became shorter is read from its beginning; one that went away has no lines', async (t) => {
  const file = join(t.testdir(), 'a');
  writeFileSync(file, 'first\nsecond\nhal');
  const tail = tailFile(file);
  await read(tail);
  writeFileSync(file, 'other\n');
  t.equal(await read(tail), 'other\n');
  rmSync(file);
  t.equal(await read(tail), '');
});

t.test('a huge file comes in pieces, over several readings, and complete', async (t) => {
  const file = join(t.testdir(), 'a');
  const block = Array.from({ length: 10_000 }, (_, i) => `${i} 0.500 4.000 200\n`).join('');
  for (let i = 0; i < 100; i++) appendFileSync(file, block);
  const tail = tailFile(file);
  let [bytes, lines, longest] = [0, 0, 0];
  let whole = true;
  for (let before = -1; bytes > before;) {
    before = bytes;
    await tail.read((piece) => {
      bytes += piece.length;
      lines += piece.split('\n').length - 1;
      longest = Math.max(longest, piece.length);
      whole &&= piece.endsWith('\n');
    });
    if (before === -1) t.ok(bytes < block.length * 100, 'one reading does not take it all');
  }
  t.equal(lines, 1_000_000);
  t.ok(whole, 'each piece ends with a line');
  t.ok(longest <= 512 * 1024, `the largest piece has ${longest} bytes`);
});

t.test('a line without an end takes no memory, and does not hide the next', async (t) => {
  const file = join(t.testdir(), 'a');
  writeFileSync(file, 'x'.repeat(3 * 1024 * 1024));
  const tail = tailFile(file);
  t.equal(await read(tail), '');
  appendFileSync(file, 'still the same\nnext\n');
  t.equal(await read(tail), 'next\n');
});

t.test('what is no file of its own is not followed', async (t) => {
  const folder = t.testdir({ secret: 'a line\n' });
  symlinkSync(join(folder, 'secret'), join(folder, 'link'));
  await t.rejects(read(tailFile(join(folder, 'link'))), { code: 'ELOOP' });
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  t.equal(await read(tailFile(join(folder, 'pipe'))), '', 'nor waited for');
  mkdirSync(join(folder, 'folder'));
  t.equal(await read(tailFile(join(folder, 'folder'))), '');
});
