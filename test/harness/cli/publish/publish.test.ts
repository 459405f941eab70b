import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { Test } from 'tap';
import {
  compareRun,
  exitOfNight,
  keepRun,
  keptName,
  outputsOf,
  readNight,
  summaryOf,
} from '../../../../harness/cli/publish/index.ts';
import type { Compared, NightRun } from '../../../../harness/cli/publish/index.ts';
import { serialiseReport } from '../../../../harness/check/index.ts';
import { openGate } from '../../../../harness/declare/gate/index.ts';
import type { Baseline, Report } from '../../../../harness/model/index.ts';
import { brokenReport, soundReport } from '../../../../reports/samples/index.ts';

const gate = openGate();
const quiet = (): void => undefined;

/** A run in a folder of its own. */
const runOf = (folder: string, report: Report): NightRun => {
  const own = join(folder, report.run);
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'report.json'), serialiseReport(report));
  return { stack: report.stack, folder: own, report, asExpected: report.verdict === 'HOLDS' };
};

const sound = (run: string, more: Partial<Report> = {}): Report => ({ ...soundReport, run, ...more });

const compare = (run: NightRun, places: Partial<Parameters<typeof compareRun>[1]>) =>
  compareRun(run, { named: null, folder: 'none', kept: null, ...places }, gate, quiet);

/** Keeps a run in a folder under the name of a baseline. */
const baseline = async (folder: string, name: string, run: NightRun): Promise<void> => {
  const kept = (await keepRun(await compare(run, {}), folder, quiet))!;
  const stored = JSON.parse(readFileSync(kept, 'utf8')) as Baseline;
  writeFileSync(join(folder, `${name}.json`), JSON.stringify({ ...stored, name }));
};

t.test('the baseline is the one of the same stack and the same plan', async (t) => {
  const root = t.testdir({ baselines: {} });
  const folder = join(root, 'baselines');
  const plan = soundReport.plan;
  const run = runOf(root, sound('r1'));
  await baseline(folder, 'main', runOf(root, sound('r-other', { stack: 'nginx-envoy' })));
  t.match(await compare(run, { named: 'main', folder }), {
    comparison: null,
    why: /no baseline main\..* of its stack/,
  });
  await baseline(folder, `main.${run.stack}`, runOf(root, sound('r-quick', { plan: 'quick' })));
  t.match(await compare(run, { named: 'main', folder }), {
    comparison: null,
    why: new RegExp(`is of the plan quick, and this run is of ${soundReport.plan}`),
  });
  await baseline(folder, `main.${run.stack}.${plan}`, runOf(root, sound('r-before')));
  const found = await compare(run, { named: 'main', folder });
  t.match(found, {
    withKept: false,
    why: null,
    comparison: { verdict: 'NO REGRESSION', before: { posture: { run: 'r-before' } } },
  });
  t.match(
    await compare(run, { named: join(folder, `main.${run.stack}.${plan}.json`) }),
    { comparison: { verdict: 'NO REGRESSION' } },
    'by its path',
  );
  t.match(await compare(run, {}), { comparison: null, why: 'no baseline was named' });
});

t.test('good nights gather, ten of them; a worse one is not kept, and is found', async (t) => {
  const root = t.testdir();
  const kept = join(root, 'kept');
  const night = async (report: Report): Promise<Compared> => {
    const compared = await compare(runOf(root, report), { kept });
    await keepRun(compared, kept, quiet);
    return compared;
  };
  for (let n = 0; n < 12; n++) await night(sound(`r${String(n).padStart(2, '0')}`));
  const file = join(kept, `${keptName({ stack: soundReport.stack, report: soundReport } as NightRun)}.json`);
  const runs = () => (JSON.parse(readFileSync(file, 'utf8')) as Baseline).runs.map(({ posture }) => posture.run);
  t.strictSame(runs(), ['r02', 'r03', 'r04', 'r05', 'r06', 'r07', 'r08', 'r09', 'r10', 'r11']);
  const worse = await night({ ...brokenReport, run: 'worse', plan: soundReport.plan, stack: soundReport.stack });
  t.match(worse, { withKept: true, comparison: { verdict: 'REGRESSION' } });
  t.equal(runs().at(-1), 'r11');
  await night(sound('cut', { verdict: 'UNKNOWN' }));
  t.equal(runs().at(-1), 'r11', 'what proves nothing is no good night');
  await night(sound('z-changed', { digests: { ...soundReport.digests, plan: 'ab'.repeat(32) } }));
  t.strictSame(runs(), ['z-changed'], 'a plan that has changed begins anew');
});

t.test('a kept baseline that cannot be read begins anew; one that was named ends with 2', async (t) => {
  const root = t.testdir();
  const run = runOf(root, sound('r1'));
  const name = `${keptName(run)}.json`;
  writeFileSync(join(root, name), '{"schema":"https://holdfast.dev/baseline/v2","name":"of another version"}');
  const said: string[] = [];
  const compared = await compareRun(run, { named: null, folder: root, kept: root }, gate, (line) => said.push(line));
  t.match(compared, { comparison: null, unreadable: false });
  t.match(said, [/begun anew/]);
  await keepRun(compared, root, quiet);
  t.match(await compare(run, { kept: root }), { comparison: { verdict: 'NO REGRESSION' } });
  writeFileSync(join(root, 'main.json'), '{');
  t.match(await compare(run, { named: 'main', folder: root }), {
    comparison: null,
    unreadable: true,
    why: /main\.json/,
  });
});

t.test('the job ends with the worst of the night and of its comparisons', async (t) => {
  const root = t.testdir();
  const run = runOf(root, sound('r1'));
  const night = await readNight(run.folder);
  t.match(night, { matrix: null, exit: 0, stacks: [{ id: soundReport.stack, unexpected: [] }] });
  const came = (verdict: string, withKept: boolean): Compared =>
    ({ run, comparison: { verdict, lines: [] }, withKept, why: null, unreadable: false }) as unknown as Compared;
  const without: Compared = { run, comparison: null, withKept: false, why: 'first', unreadable: false };
  t.equal(exitOfNight(night, [without], null), 0, 'the first night has nothing to compare with');
  t.equal(exitOfNight(night, [without], 'main'), 2, 'but one that was told to compare must');
  t.equal(exitOfNight(night, [{ ...without, unreadable: true }], 'main'), 2);
  t.equal(exitOfNight(night, [came('NO REGRESSION', false)], 'main'), 0);
  t.equal(exitOfNight(night, [came('REGRESSION', true)], null), 1);
  t.equal(exitOfNight({ ...night, exit: 2 }, [came('REGRESSION', false)], 'main'), 1);
  t.equal(exitOfNight(night, [came('NOT COMPARABLE', false)], 'main'), 2);
  t.equal(exitOfNight(night, [came('NOT COMPARABLE', true)], null), 0, 'the nights that are kept renew themselves');
  t.equal(exitOfNight({ ...night, exit: 255 }, [came('NO REGRESSION', false)], 'main'), 255);
  t.equal(outputsOf(night, [without], 0), 'verdict=HOLDS\nscore=100\nregressions=0\nexit=0\n');
});

const folderOf = (t: Test, report: Report): string => runOf(t.testdir(), report).folder;

t.test('a single run is a night of one', async (t) => {
  const broken = await readNight(folderOf(t, { ...brokenReport, run: 'b' }));
  t.match(broken, { exit: 1, runs: [{ asExpected: false }], stacks: [{ verdict: 'BROKEN', unexpected: [/^BROKEN/] }] });
  await t.rejects(readNight(t.testdir()), { code: 'usage', message: /run or of a matrix/ });
  t.notOk(existsSync('ci'));
});

t.test('a summary fits where it is shown, the most important first', async (t) => {
  const reports = new Map(
    Array.from({ length: 30 }, (_, n) => [`s${n}`, `report ${n}: ${'x'.repeat(40_000)}`] as const),
  );
  const summary = summaryOf({
    night: '## The night',
    compared: [],
    regressions: new Map([['s1', '## Worse']]),
    reports,
  });
  t.ok(Buffer.byteLength(summary) < 1_000_000);
  t.ok(summary.startsWith('## Worse\n\n## The night\n'));
  t.match(summary, /\d+ parts have no room here: see the artefacts/);
  t.match(
    summaryOf({ night: 'n', compared: [], regressions: new Map(), reports: new Map([['<b>', 'r']]) }),
    '&lt;b&gt;',
  );
});
