import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import t from 'tap';
import { serialiseReport } from '../../../../harness/check/index.ts';
import { main } from '../../../../harness/cli/main.ts';
import { composeBaseline, readBaseline } from '../../../../harness/cli/compare/index.ts';
import { stableJson } from '../../../../harness/cli/compare/stable-json.ts';
import { postureOf } from '../../../../harness/compare/index.ts';
import type { Report } from '../../../../harness/model/index.ts';
import { serialiseMatrix } from '../../../../reports/matrix/index.ts';
import { soundMatrix } from '../../../../reports/matrix/sample.ts';
import { brokenReport, soundReport } from '../../../../reports/samples/index.ts';
import { said } from '../../../support/said.ts';

const root = await mkdtemp(join(tmpdir(), 'holdfast-'));
t.teardown(() => rm(root, { recursive: true }));
const dir = join(root, 'baselines');

/** Writes a run folder, and gives its path. */
const run = async (name: string, report: Report, files: Readonly<Record<string, string>> = {}): Promise<string> => {
  const folder = join(root, name);
  for (const [path, text] of Object.entries({ 'report.json': serialiseReport(report), ...files })) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
};

type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };
const holdfast = async (...args: readonly string[]): Promise<Ended> => {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const progress = (line: string): void => void stderr.write(`${line}\n`);
  const code = await main(args, { signal: new AbortController().signal, stdout, stderr, progress });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
};
const compare = (...args: readonly string[]): Promise<Ended> => holdfast('compare', '--dir', dir, ...args);
const baseline = (...args: readonly string[]): Promise<Ended> => holdfast('baseline', '--dir', dir, ...args);

const config = 'require_client_certificate: true\n';
const sound = await run('sound', soundReport, { 'config/orders/envoy.yaml': config });
const broken = await run(
  'broken',
  { ...brokenReport, digests: { ...brokenReport.digests, configuration: 'other' } },
  { 'config/orders/envoy.yaml': config.replace('true', 'false') },
);

/** The sound run again, another night. */
const night = (n: number, more: Partial<Report> = {}): Promise<string> =>
  run(`night-${n}`, {
    ...soundReport,
    run: `r2026120${n}`,
    startedAt: `2026-12-0${n}T05:50:00.000Z`,
    seed: String(n),
    ...more,
  });

await t.test('a run compared with itself is no regression', async (t) => {
  const { code, stdout, stderr } = await compare(sound, sound);
  t.equal(code, 0);
  t.match(stdout, /^✔ NO REGRESSION/);
  t.match(stdout, /differs +nothing beside what was measured/);
  t.match(stderr, /NO REGRESSION/, 'progress says it as well');
});

await t.test('a run that lets attacks in is a regression, with the line of configuration beside it', async (t) => {
  const { code, stdout } = await compare(sound, broken);
  t.equal(code, 1);
  t.match(stdout, /^✘ REGRESSION/);
  t.match(stdout, /✘ attack M3 /);
  t.match(stdout, /\+require_client_certificate: false/);
});

await t.test('other plans and INVALID runs say what is comparable and what is not', async (t) => {
  const quick = await run('quick', {
    ...soundReport,
    plan: 'quick',
    digests: { ...soundReport.digests, plan: 'other' },
  });
  const other = await compare(sound, quick);
  t.match(other, { code: 0, stdout: new RegExp(`the plan is not the same \\(${soundReport.plan} and quick\\)`) });
  t.match(other.stdout, new RegExp(`differs +plan: ${soundReport.plan} → quick`));
  const invalid = await run('invalid', { ...soundReport, verdict: 'INVALID', reasons: [said('too many drops')] });
  for (const sides of [
    [sound, invalid],
    [invalid, sound],
  ])
    t.match(await compare(...sides), { code: 2, stdout: /^\? NOT COMPARABLE[^]*is INVALID: too many drops/ });
  const partial = await run('partial', { ...soundReport, partial: true, attacks: [], controls: [], capacity: null });
  t.match(await compare(sound, partial), { code: 2, stdout: /stopped before its end/ });
});

await t.test('every format, to stdout and to files, by extension', async (t) => {
  t.match(await compare(sound, broken, '--format', 'markdown'), { code: 1, stdout: /^## ❌ Holdfast: REGRESSION/ });
  t.match(await compare(sound, broken, '--format', 'html'), { code: 1, stdout: /^<!doctype html>/ });
  t.match(JSON.parse((await compare(sound, broken, '--format', 'json')).stdout), { verdict: 'REGRESSION' });
  const outs = ['c.md', 'c.html', 'c.json', 'c.txt'].map((name) => join(root, name));
  const { code, stdout, stderr } = await compare(sound, broken, ...outs.flatMap((out) => ['--out', out]));
  t.strictSame([code, stdout], [1, '']);
  for (const out of outs) {
    t.match(stderr, out);
    t.match(await readFile(out, 'utf8'), /REGRESSION|regression/);
  }
  t.match(await compare(sound, broken, '--out', 'x.pdf'), { code: 254, stderr: /\.html, \.json, \.md, \.txt/ });
  t.match(await compare(sound, broken, '--format', 'pdf'), { code: 254, stderr: /html, json, markdown, terminal/ });
  t.match(await compare(sound, broken, '--format', 'html', '--out', 'a.md', '--out', 'b.md'), { code: 254 });
  t.match(await compare(sound, broken, '--out', join(root, 'none', 'x.md')), { code: 254, stderr: /written/ });
});

await t.test('what cannot be a side is said with what was looked for', async (t) => {
  await baseline('set', 'main', sound);
  const none = await compare('mian', sound);
  t.match(none, { code: 254, stderr: /none of them for "mian"/ });
  t.match(none.stderr, /mian\/report\.json.*baseline of .*: main.*did you mean "main"/);
  await mkdir(join(root, 'empty'));
  t.match(await compare(join(root, 'empty'), sound), { code: 254, stderr: /report\.json/ });
  await writeFile(join(root, 'cut.json'), '{\n  "schema": "https://holdfast.dev/report/v1",\n  "run"');
  t.match(await compare(join(root, 'cut.json'), sound), { code: 2, stderr: /cut\.json:3/ });
  await writeFile(join(root, 'foreign.json'), '{"schema":"https://example.com/"}');
  t.match(await compare(sound, join(root, 'foreign.json')), { code: 2, stderr: /"https:\/\/example\.com\/"/ });
  const { latencyBlocks: _, ...load } = soundReport.load;
  const older = await run('older', { ...soundReport, load } as unknown as Report);
  t.match(await compare(older, sound), { code: 2, stderr: /latencyBlocks[^]*holdfast check/ });
  t.match(await compare(sound, sound, '--gate', 'none'), { code: 254, stderr: /did you mean|known: / });
});

await t.test('a file of a report or a baseline is a side as well, and a matrix names its runs', async (t) => {
  t.match(await compare(join(sound, 'report.json'), broken), { code: 1, stdout: /require_client_certificate/ });
  await writeFile(join(root, 'moved.json'), serialiseReport(soundReport));
  t.match(await compare(join(root, 'moved.json'), broken), { code: 1, stdout: /holds digests alone/ });
  t.match(await compare(join(dir, 'main.json'), broken), { code: 1 });
  t.match(await compare('main', broken), { code: 1, stdout: /before +main \(run / });
});

await t.test('two matrices are compared stack by stack, and a run that is missing is no pass', async (t) => {
  const matrix = async (name: string, reports: Readonly<Record<string, Report>>): Promise<string> => {
    const row = soundMatrix.rows[0]!;
    const rows = Object.keys(reports).map((stack) => ({ ...row, stack, folder: stack }));
    for (const [stack, report] of Object.entries(reports)) await run(join(name, stack), { ...report, stack });
    await writeFile(join(root, name, 'matrix.json'), serialiseMatrix({ ...soundMatrix, rows }));
    return join(root, name);
  };
  const before = await matrix('matrix-1', { 'a-b': soundReport, 'a-c': soundReport, gone: soundReport });
  const same = await matrix('matrix-2', {
    'a-b': soundReport,
    'a-c': soundReport,
    gone: soundReport,
    more: soundReport,
  });
  t.match(await compare(before, same), { code: 0, stdout: /a-b +NO REGRESSION[^]*more +NEW/ });
  const after = await matrix('matrix-3', { 'a-b': soundReport, 'a-c': brokenReport });
  const { code, stdout, stderr } = await compare(before, after);
  t.equal(code, 1, 'the worst of all');
  t.match(stdout, /^ *stack .*\n+ *a-b +NO REGRESSION.*\n+ *a-c +REGRESSION.*\n+ *gone +NOT COMPARABLE/);
  t.match(stderr, /a-c: REGRESSION[^]*has no run of them: gone/);
  const lost = await matrix('matrix-4', { 'a-b': soundReport });
  t.equal((await compare(before, lost)).code, 2, 'what was compared last and is not there now');
  t.match(await compare(before, after, '--format', 'markdown'), {
    stdout: /^\| Stack \|[^]*## ❌ Holdfast: REGRESSION/,
  });
  t.equal(JSON.parse((await compare(before, after, '--format', 'json')).stdout).length, 2);
  t.match(await compare(before, after, '--format', 'html'), { code: 254, stderr: /NAME\.STACK\.html/ });
  const page = join(root, 'page.html');
  t.match(await compare(before, after, '--out', page), { code: 1, stderr: /page\.a-b\.html[^]*page\.a-c\.html/ });
  t.match(await readFile(join(root, 'page.a-c.html'), 'utf8'), /^<!doctype html>/);
  t.match(await compare(join(before, 'matrix.json'), after), { code: 1 }, 'the file stands for the folder');

  await run('one', { ...soundReport, stack: 'a-c' });
  t.match(
    await compare(join(root, 'one'), after),
    { code: 1, stdout: /^✘ REGRESSION/ },
    'a run, and that of its stack',
  );
  t.match(await compare(sound, after), { code: 254, stderr: /envoy-envoy in .*a-b, a-c in/ });
  t.match(await baseline('set', 'm', before), { code: 254, stderr: /a baseline for each stack/ });
});

await t.test('a baseline is kept, replaced, added to and listed', async (t) => {
  const first = await baseline('set', 'nightly', await night(2), await night(1));
  t.match(first, { code: 0, stdout: '', stderr: /baseline nightly: 2 runs up to r20261202, \d+ KiB: / });
  const file = join(dir, 'nightly.json');
  const text = await readFile(file, 'utf8');
  t.ok(text.endsWith('}\n'));
  const { baseline: kept } = readBaseline(file);
  t.strictSame(
    kept.runs.map(({ posture }) => posture.run),
    ['r20261201', 'r20261202'],
    'newest last, whatever the order of the arguments',
  );
  const again = { ...soundReport, run: 'r20261202', startedAt: '2026-12-02T05:50:00.000Z', seed: '2' };
  t.strictSame(kept.runs[1]?.posture, JSON.parse(JSON.stringify(postureOf(again))), 'read back as it was');
  await baseline('set', 'nightly', await night(1), await night(2));
  t.equal(await readFile(file, 'utf8'), text, 'the same runs give the same bytes');

  t.match(await baseline('set', 'nightly', await night(3), '--add'), {
    code: 0,
    stderr: /3 runs up to r20261203.*it had 2 runs up to r20261202/,
  });
  await baseline('set', 'nightly', await night(3), '--add');
  t.equal(readBaseline(file).baseline.runs.length, 3, 'a run stands in it once');
  t.match(await compare('nightly', sound), { code: 0, stdout: /3 runs up to r20261203/ });
  t.match(await baseline('list'), {
    code: 0,
    stdout: new RegExp(`nightly +${soundReport.plan} on envoy-envoy +HOLDS +3 +2026-12-03`),
  });
  t.match(await baseline('set', 'nightly', await night(4)), { stderr: /run r20261204, .*it had 3 runs/ });
});

await t.test('a baseline keeps the newest runs', (t) => {
  const runs = Array.from({ length: 14 }, (_, i) => ({
    report: '0'.repeat(64),
    posture: { ...postureOf(soundReport), run: `r${i}`, startedAt: new Date(i * 1000).toISOString() },
  }));
  const ids = composeBaseline('b', runs.toReversed(), 10).runs.map(({ posture }) => posture.run);
  t.strictSame(ids, ['r4', 'r5', 'r6', 'r7', 'r8', 'r9', 'r10', 'r11', 'r12', 'r13']);
  t.throws(() => composeBaseline('b', [], 10), { code: 'usage' });
  t.end();
});

await t.test('a baseline of runs that are not of the same, or that say too little, is refused', async (t) => {
  const files = await readdir(dir);
  const other = await night(5, { stack: 'nginx-envoy' });
  t.match(await baseline('set', 'mixed', sound, other), { code: 254, stderr: /another stack: .*nginx-envoy/ });
  const changed = await night(6, { digests: { ...soundReport.digests, plan: 'other' } });
  t.match(await baseline('set', 'mixed', sound, changed), { code: 254, stderr: /another content of the plan/ });
  const invalid = await night(7, { verdict: 'INVALID', reasons: [said('too many drops')] });
  t.match(await baseline('set', 'bad', invalid), { code: 2, stderr: /too many drops[^]*--force/ });
  t.match(await baseline('set', 'bad', await night(8, { partial: true })), { code: 2, stderr: /before its end/ });
  for (const name of ['../x', 'A', '.x', 'x.json', ''])
    t.match(await baseline('set', name, sound), { code: 254, stderr: /expected a name/ }, name);
  t.match(await baseline('set', 'main'), { code: 254, stderr: /set NAME RUN/ });
  t.match(await baseline('delete', 'main'), { code: 254, stderr: /set NAME RUN/ });
  t.strictSame(await readdir(dir), files, 'nothing was written');
  t.match(await baseline('set', 'bad', invalid, '--force'), { code: 0, stderr: /warning: .*INVALID/ });
  t.match(await baseline('set', 'worse', broken), { code: 0, stderr: /warning: .*BROKEN/ });
  t.match(await compare('worse', broken), { stdout: /^[✔?]/ }, 'one works one’s way out of it');
});

await t.test('a baseline that is not one is refused with its place', async (t) => {
  const broken = join(root, 'b');
  await mkdir(broken);
  await writeFile(join(broken, 'cut.json'), '{\n"schema":');
  t.match(await compare('cut', sound, '--dir', broken), { code: 2, stderr: /cut\.json:2/ });
  const text = await readFile(join(dir, 'main.json'), 'utf8');
  await writeFile(join(broken, 'odd.json'), text.replace('"HOLDS"', '"FINE"'));
  t.match(await compare('odd', sound, '--dir', broken), {
    code: 2,
    stderr: /runs\.0\.posture\.verdict[^]*baseline set odd/,
  });
});

await t.test('the bytes of a baseline depend on its value alone', (t) => {
  t.equal(stableJson({ b: 1, a: [1, 2] }), stableJson({ a: [1, 2], b: 1 }));
  const value = {
    z: Array.from({ length: 90 }, (_, i) => ({ name: `entry ${i}`, of: [i, null], empty: {} })),
    a: undefined,
  };
  t.strictSame(JSON.parse(stableJson(value)), JSON.parse(JSON.stringify(value)));
  t.end();
});
