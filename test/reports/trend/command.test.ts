import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import t from 'tap';
import { main } from '../../../harness/cli/main.ts';
import { brokenReport, soundReport } from '../../../reports/samples/index.ts';

const holdfast = async (...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> => {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const progress = (line: string): void => void stderr.write(`${line}\n`);
  const code = await main(args, { signal: new AbortController().signal, stdout, stderr, progress });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
};

const text = JSON.stringify;

await t.test('trend writes the page beside the nights and shows the short of it', async (t) => {
  const folder = t.testdir({
    a: { 'report.json': text(soundReport), 'report.html': '' },
    b: { 'report.json': text(brokenReport), 'report.html': '' },
    c: { 'report.json': '{' },
  });
  t.match(await holdfast('trend', folder), {
    code: 0,
    stdout: /^✘ BROKEN {2}2 nights\n[^]*✔✘[^]*could not be read[^]*c\/report\.json/,
    stderr: /trend\.html/,
  });
  t.match(await readFile(join(folder, 'trend.html'), 'utf8'), /href="b\/report\.html"/);
  t.match(JSON.parse((await holdfast('trend', folder, '--format', 'json')).stdout), {
    schema: 'https://holdfast.dev/trend/v1',
    groups: [{ nights: [{ verdict: 'HOLDS' }, { verdict: 'BROKEN' }] }],
    unreadable: [{ place: 'c/report.json' }],
  });
});

await t.test('a page that is written elsewhere links back to the nights', async (t) => {
  const folder = t.testdir({ nights: { 'a b': { 'report.json': text(soundReport), 'report.html': '' } }, pages: {} });
  const out = join(folder, 'pages', 'x.html');
  t.match(await holdfast('trend', join(folder, 'nights'), '--out', out), { code: 0 });
  t.match(await readFile(out, 'utf8'), 'href="../nights/a%20b/report.html"');
});

await t.test('trend says what is wrong', async (t) => {
  const folder = t.testdir({
    empty: {},
    lost: { a: { 'report.json': '{' } },
    good: { 'report.json': text(soundReport) },
  });
  t.match(await holdfast('trend', join(folder, 'none')), { code: 254, stderr: /folder of nights/ });
  t.match(await holdfast('trend', join(folder, 'empty')), { code: 254, stderr: /neither a run nor a report/ });
  t.match(await holdfast('trend', join(folder, 'lost')), { code: 2, stdout: /could not be read/ });
  const good = join(folder, 'good');
  t.match(await holdfast('trend', good, '--format', 'pdf'), { code: 254, stderr: /html, json, terminal/ });
  t.match(await holdfast('trend', good, '--gate', 'none'), { code: 254 });
  t.match(await holdfast('trend', good, '--out', join(folder, 'no', 'x.html')), {
    code: 254,
    stderr: /can be written/,
  });
});
