import { closeSync, openSync, readFileSync, readdirSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { verifyRun } from '../../../harness/prove/index.ts';
import { provedRun } from './proved-run.ts';
import { kinds } from '../../support/check.ts';

const { folder, trusted } = provedRun(t);

t.test('every byte counts', async (t) => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  t.equal(files.length, 8);
  for (const { parentPath, name } of files) {
    const file = join(parentPath, name);
    const bytes = readFileSync(file);
    // All bytes of what is small, every nth of what is not; the step is odd, so that all positions of base64 are met.
    const step = bytes.length <= 1500 ? 1 : Math.floor(bytes.length / 250) | 1;
    const unseen: number[] = [];
    // In place: to write each file anew takes the disk longer than the verification.
    const open = openSync(file, 'r+');
    for (let at = 0; at < bytes.length; at += step) {
      const flipped = Buffer.of((bytes[at] ?? 0) ^ (at % 3 === 0 ? 0x20 : 1));
      writeSync(open, flipped, 0, 1, at);
      if (verifyRun(folder, trusted, kinds).ok) unseen.push(at);
      writeSync(open, bytes, at, 1, at);
    }
    closeSync(open);
    for (const cut of [bytes.subarray(0, -1), Buffer.concat([bytes, Buffer.from(' ')]), Buffer.alloc(0)]) {
      writeFileSync(file, cut);
      if (verifyRun(folder, trusted, kinds).ok) unseen.push(-1);
    }
    writeFileSync(file, bytes);
    t.same(unseen, [], `${name}: no change goes unseen`);
  }
  t.ok(verifyRun(folder, trusted, kinds).ok, 'and the folder is as it was');
});
