import { readFile, rm, writeFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import t from 'tap';
import { main } from '../../harness/cli/main.ts';
import { brokenReport } from '../../reports/samples/index.ts';

const folder = await mkdtemp(join(tmpdir(), 'holdfast-'));
t.teardown(() => rm(folder, { recursive: true }));
await writeFile(join(folder, 'report.json'), JSON.stringify(brokenReport));

const holdfast = async (...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> => {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const progress = (line: string): void => void stderr.write(`${line}\n`);
  const code = await main(args, { signal: new AbortController().signal, stdout, stderr, progress });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
};

await t.test('report shows a run from its folder alone', async (t) => {
  const shown = await holdfast('report', folder);
  t.equal(shown.code, 0);
  t.match(shown.stdout, /^✘ BROKEN/);
  t.notMatch(shown.stdout, '\u001b', 'no colours where stdout is no terminal');
  t.strictSame(JSON.parse((await holdfast('report', folder, '--format', 'json')).stdout), brokenReport);
});

await t.test('report writes the format that the file asks for', async (t) => {
  const out = join(folder, 'report.html');
  t.match(await holdfast('report', folder, '--out', out), { code: 0, stdout: '' });
  t.match(await readFile(out, 'utf8'), /^<!doctype html>/);
});

await t.test('report says what is wrong', async (t) => {
  t.match(await holdfast('report', join(folder, 'none')), { code: 2, stdout: '', stderr: /report\.json/ });
  t.match(await holdfast('report', folder, '--format', 'pdf'), { code: 254, stderr: /html, json, markdown, terminal/ });
  t.match(await holdfast('report', folder, '--out', 'x.pdf'), { code: 254, stderr: /--format/ });
  t.match(await holdfast('report', folder, '--out', join(folder, 'none', 'x.md')), { code: 254 });
});
