import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import t from 'tap';
import { main } from '../../harness/cli/main.ts';
import { serialiseMatrix } from '../../reports/matrix/index.ts';
import { soundMatrix } from '../../reports/matrix/sample.ts';
import { brokenReport, soundReport } from '../../reports/samples/index.ts';

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
  t.match(await holdfast('report', folder, '--format', 'pdf'), {
    code: 254,
    stderr: /html, json, junit, .*, terminal/,
  });
  t.match(await holdfast('report', folder, '--out', 'x.pdf'), { code: 254, stderr: /--format/ });
  t.match(await holdfast('report', folder, '--out', join(folder, 'none', 'x.md')), { code: 254 });
});

await t.test('several formats go to a folder, each under its own ending', async (t) => {
  const out = join(folder, 'every') + '/';
  const formats = ['html', 'json', 'junit', 'markdown', 'openmetrics', 'oscal', 'sarif', 'terminal'];
  const flags = formats.flatMap((format) => ['--format', format]);
  t.match(await holdfast('report', folder, ...flags, '--out', out), { code: 0, stdout: '' });
  t.strictSame((await readdir(out)).toSorted(), [
    'report.html',
    'report.json',
    'report.md',
    'report.oscal.json',
    'report.prom',
    'report.sarif',
    'report.txt',
    'report.xml',
  ]);
  t.match(JSON.parse(await readFile(join(out, 'report.oscal.json'), 'utf8')), { 'assessment-results': {} });
  const named = join(folder, 'x.oscal.json');
  t.match(await holdfast('report', folder, '--out', named), { code: 0 }, 'the longest ending names the format');
  t.match(JSON.parse(await readFile(named, 'utf8')), { 'assessment-results': {} });
  t.match(await holdfast('report', folder, '--format', 'html', '--format', 'json'), { code: 254, stderr: /--out/ });
  t.match(await holdfast('report', folder, ...flags, '--out', join(folder, 'x.html')), { code: 254, stderr: /folder/ });
  t.match(await holdfast('report', folder, '--out', out), { code: 254, stderr: /format/ });
});

await t.test('sarif says what is new since a baseline, by a folder, a file or a name', async (t) => {
  const sound = join(folder, 'sound');
  await mkdir(sound);
  await writeFile(join(sound, 'report.json'), JSON.stringify(soundReport));
  const stateSince = async (...baseline: readonly string[]): Promise<readonly unknown[]> => {
    const { code, stdout, stderr } = await holdfast('report', folder, '--format', 'sarif', ...baseline);
    t.equal(code, 0, stderr);
    const [run] = (JSON.parse(stdout) as { runs: { results: { baselineState?: string }[] }[] }).runs;
    return [...new Set(run?.results.map(({ baselineState }) => baselineState))];
  };
  t.strictSame(await stateSince(), [undefined]);
  t.strictSame(await stateSince('--baseline', sound), ['new']);
  t.strictSame(await stateSince('--baseline', join(folder, 'report.json')), ['unchanged']);
  const dir = join(folder, 'baselines');
  t.match(await holdfast('baseline', 'set', 'main', folder, '--dir', dir), { code: 0 });
  t.strictSame(await stateSince('--baseline', 'main', '--dir', dir), ['unchanged']);
  t.match(await holdfast('report', folder, '--format', 'html', '--baseline', sound), { code: 254, stderr: /sarif/ });
  t.match(await holdfast('report', folder, '--format', 'sarif', '--baseline', 'none'), { code: 254 });
});

await t.test('a matrix is shown in the same ways, and what products leave open as they ship', async (t) => {
  const matrix = join(folder, 'matrix');
  await mkdir(join(matrix, 'nginx-defaults'), { recursive: true });
  const text = JSON.stringify(brokenReport);
  await writeFile(join(matrix, 'nginx-defaults', 'report.json'), text);
  const digest = createHash('sha256').update(text).digest('hex');
  const rows = soundMatrix.rows.map((row) => ({ ...row, digest }));
  await writeFile(join(matrix, 'matrix.json'), serialiseMatrix({ ...soundMatrix, rows }));
  t.match(await holdfast('report', matrix), { code: 0, stdout: /^✔ AS EXPECTED/ });
  t.match(await holdfast('report', matrix, '--format', 'html'), { code: 0, stdout: /^<!doctype html>/ });
  t.match(await holdfast('report', matrix, '--format', 'pdf'), { code: 254, stderr: /html, json, markdown/ });
  const out = join(folder, 'defaults.md');
  t.match(await holdfast('report', matrix, '--format', 'defaults', '--out', out), { code: 0, stdout: '' });
  t.match(await readFile(out, 'utf8'), /\n# What defaults leave open\n[^]*\n## nginx 1\.26\.3\n/);
  await writeFile(join(matrix, 'nginx-defaults', 'report.json'), `${text}\n`);
  t.match(await holdfast('report', matrix, '--format', 'defaults'), { code: 2, stderr: /another one/ });
  t.match(await holdfast('report', folder, '--format', 'defaults'), { code: 254 }, 'a run alone has no such page');
});
