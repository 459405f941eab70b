import { readFile, readdir } from 'node:fs/promises';
import t from 'tap';
import { discoverFormats } from '../../reports/index.ts';
import { goldenFiles } from '../../reports/samples/golden.ts';

const reports = new URL('../../reports/', import.meta.url);
const files = await goldenFiles();

await t.test('every document and every format renders the samples as its golden files say', async (t) => {
  for (const format of (await discoverFormats()).values())
    for (const sample of ['sound', 'broken'])
      t.ok(files.has(`formats/${format.id}/golden.${sample}.${format.extension}`), `${format.id} of ${sample}`);
  for (const [path, text] of files) {
    const golden = await readFile(new URL(path, reports), 'utf8');
    t.ok(golden === text, `${path}: after a change that is meant, run npm run golden and review the diff`);
  }
});

await t.test('no golden file stands there that nothing is compared with', async (t) => {
  for (const path of await readdir(reports, { recursive: true }))
    if (/\/golden\.(?!ts$)/.test(path)) t.ok(files.has(path), path);
});
