import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { recipesKey, readRecipe } from '../../harness/execute/engine/index.ts';
import { defaultImages } from '../../harness/cli/images.ts';
import type { Report } from '../../harness/model/index.ts';
import { brokenReport, soundReport } from '../../reports/samples/index.ts';
import { faultsOfJunit, faultsOfSarif } from '../support/schemas/validators.ts';
import { gitlab } from './files.ts';
import { writeNight } from './night.ts';
import type { Part } from './night.ts';
import { runScript, runStep } from './runner.ts';
import { standInForNode } from './stand-in.ts';
import type { GitHubStep, Place } from './runner.ts';

// The scripts of the action and of the GitLab job, run by bash as they stand, on nights that are made from the sample reports. What
// starts containers is run by test/stacks/nightly.test.ts. Where a script starts Holdfast for what other tests show as well, a
// stand-in for `node` runs it in this process; the first night, the first names and GitLab's job start the launcher itself.
t.setTimeout(180_000);

const { folder: programs, close } = await standInForNode();
t.teardown(close);

const place = (root: string, more: { readonly programs?: string } = { programs }): Place => {
  const made = { workspace: join(root, 'workspace'), temp: join(root, 'temp'), ...more };
  mkdirSync(made.workspace);
  return made;
};

const sound: Report = { ...soundReport, run: 'r20261124-020000-sound1' };
const left: Part = {
  leftOut: {
    asked: { plan: 'two-fourteen', standard: 0.01, critical: 0.001 },
    instead: null,
    refused: 'quick',
    needMs: 71_000,
    leftMs: 9000,
    keptMs: 0,
  },
};

/** The next night has what the cache brings: the last good nights, and nothing else of this one. */
const tidy = ({ temp }: Place): void => {
  for (const name of ['ci', 'night']) rmSync(join(temp, 'holdfast', name), { recursive: true });
};

const publishNight = async (
  at: Place,
  parts: Readonly<Record<string, Part>>,
  inputs: Readonly<Record<string, string>> = {},
): Promise<{ readonly published: GitHubStep; readonly verdict: (unknown?: string) => Promise<GitHubStep> }> => {
  await writeNight(join(at.temp, 'holdfast/night'), parts);
  const published = await runStep('Compare and publish', at, inputs);
  const outputs = ['exit', 'verdict', 'regressions'].map(
    (name) => [`steps.publish.outputs.${name}`, published.outputs[name] ?? ''] as const,
  );
  const verdict = (unknown = 'fail'): Promise<GitHubStep> =>
    runStep('Verdict', at, { unknown }, Object.fromEntries(outputs));
  return { published, verdict };
};

t.test('images are named by their recipes, and a variable is no program', async (t) => {
  const at = place(t.testdir(), {});
  const named = await runStep('Name the images', at, { stacks: 'envoy-envoy' });
  t.match(named, { code: 0 }, named.err);
  t.equal(named.outputs['images'], recipesKey(defaultImages().map((name) => readRecipe(name))));
  const hostile = await runStep(
    'Name the images',
    { ...at, programs },
    { stacks: 'envoy-envoy"; touch taken; "$(touch taken)' },
  );
  t.equal(hostile.code, 254, 'an unknown stack, and no more');
  t.strictSame(hostile.outputs, {}, 'a failure names nothing');
  t.strictSame(readdirSync(at.workspace), []);
});

t.test('a night that holds is published, kept, and ends with 0; the next is compared with it', async (t) => {
  const at = place(t.testdir());
  const ci = join(at.temp, 'holdfast/ci');
  const first = { workspace: at.workspace, temp: at.temp };
  const { published, verdict } = await publishNight(first, { 'envoy-envoy': { report: sound } });
  t.equal(published.code, 0, published.err);
  t.match(published.outputs, {
    verdict: 'HOLDS',
    score: '100',
    regressions: '0',
    exit: '0',
    report: join(at.temp, 'holdfast/night/matrix.html'),
    sarif: join(ci, 'sarif'),
  });
  t.match(published.summary, /holdfast: as expected/i);
  t.match(published.summary, 'it is the first of its stack and plan that is kept');
  t.match(await verdict(), { code: 0, out: /HOLDS, regressions: 0/ });
  for (const name of ['junit/envoy-envoy.xml', 'junit/night.xml'])
    t.strictSame(await faultsOfJunit(readFileSync(join(ci, name), 'utf8')), [], name);
  t.strictSame(faultsOfSarif(readFileSync(join(ci, 'sarif/envoy-envoy.sarif'), 'utf8')), []);

  const kept = join(at.temp, 'holdfast/last-good');
  t.strictSame(readdirSync(kept), [`last-good.envoy-envoy.${sound.plan}.json`]);
  tidy(at);
  const next = await publishNight(at, { 'envoy-envoy': { report: { ...sound, run: 'r20261125-020000-sound2' } } });
  t.equal(next.published.outputs['exit'], '0', next.published.err);
  t.match(next.published.summary, /no regression \(the last good nights, 1 run\)/);
  const runs = JSON.parse(readFileSync(join(kept, `last-good.envoy-envoy.${sound.plan}.json`), 'utf8')) as {
    runs: unknown[];
  };
  t.equal(runs.runs.length, 2, 'good nights gather');

  tidy(at);
  const worse = await publishNight(at, { 'envoy-envoy': { report: { ...brokenReport, plan: sound.plan } } });
  t.equal(worse.published.code, 0, 'the step itself does not fail: there is more to upload');
  t.match(worse.published.outputs, { verdict: 'BROKEN', exit: '1', regressions: /^[1-9]/ });
  t.match(worse.published.summary, /: REGRESSION[^]*: NOT AS EXPECTED/, 'what is worse comes first');
  t.match(await worse.verdict('warn'), { code: 1, out: /::error title=Holdfast::Holdfast: BROKEN/ });
  t.match(readFileSync(join(ci, 'junit/night.xml'), 'utf8'), /<failure[^>]*REGRESSION/);
  t.match(readFileSync(join(ci, 'sarif/envoy-envoy.sarif'), 'utf8'), '"baselineState": "new"');
  t.equal(
    (JSON.parse(readFileSync(join(kept, `last-good.envoy-envoy.${sound.plan}.json`), 'utf8')) as { runs: unknown[] })
      .runs.length,
    2,
    'a broken night is not kept',
  );
});

t.test('a stack that was left out is unknown, and the job says so', async (t) => {
  const at = place(t.testdir());
  const { published, verdict } = await publishNight(at, { 'envoy-envoy': { report: sound }, 'nginx-envoy': left });
  t.match(published.outputs, { verdict: 'UNKNOWN', exit: '2', score: '100' });
  t.match(published.summary, 'left out: even quick takes about');
  t.match(await verdict(), { code: 2, out: /::error/ });
  t.match(await verdict('warn'), { code: 0, out: /::warning title=Holdfast::Holdfast: UNKNOWN/ });
  const junit = readFileSync(join(at.temp, 'holdfast/ci/junit/night.xml'), 'utf8');
  t.match(junit, /<testcase [^>]*name="nginx-envoy"[^>]*>\s*<error/, 'it is missing from no list');
});

t.test('nothing that was published is no pass', async (t) => {
  const at = place(t.testdir());
  const empty = Object.fromEntries(
    ['exit', 'verdict', 'regressions'].map((name) => [`steps.publish.outputs.${name}`, '']),
  );
  t.match(await runStep('Verdict', at, { unknown: 'warn' }, empty), { code: 255, out: /nothing was run/ });
  t.not((await runStep('Compare and publish', at, {})).code, 0, 'where there is no night');
});

t.test('a baseline that fits nothing ends with 2: a gate that compares nothing does not pass', async (t) => {
  const at = place(t.testdir());
  const { published } = await publishNight(at, { 'envoy-envoy': { report: sound } }, { baseline: 'mian' });
  t.match(published.outputs, { verdict: 'HOLDS', exit: '2' });
  t.match(
    published.summary,
    `there is no baseline mian.envoy-envoy.${sound.plan}, mian.envoy-envoy, mian of its stack`,
  );
});

t.test('the GitLab job ends with what it published', async (t) => {
  const at = place(t.testdir(), {});
  const { script, artifacts, cache } = gitlab.holdfast;
  const publish = script.at(-1)!.replace('harness/cli/holdfast.mjs', '"$HOME_OF_HOLDFAST"/harness/cli/holdfast.mjs');
  const run = (where: Place) => runScript([publish], where, { HOME_OF_HOLDFAST: process.cwd() });
  await writeNight(join(at.workspace, '.holdfast/night'), {
    'envoy-envoy': { report: { ...brokenReport, plan: 'quick' } },
  });
  const ended = await run(at);
  t.equal(ended.code, 1, ended.err);
  const there = [...artifacts.paths, artifacts.reports['dotenv']!, ...cache.flatMap(({ paths }) => paths)].filter(
    (path) => path !== '.holdfast/images.tar' && path !== '.holdfast/last-good',
  );
  for (const path of there) t.ok(existsSync(join(at.workspace, path)), path);
  t.match(readFileSync(join(at.workspace, '.holdfast/ci/outputs'), 'utf8'), /^verdict=BROKEN$/m);
  t.equal((await run({ ...at, programs })).code, 254, 'what was published is never overwritten');
});
