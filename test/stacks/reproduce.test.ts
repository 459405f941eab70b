import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';
import { parse, stringify } from 'yaml';
import { renderConfiguration } from '../support/render.ts';
import { parseBundle, serialiseBundle } from '../../harness/reproduce/index.ts';
import { stackOfBundle } from '../../harness/cli/reproduce/index.ts';
import { nothingLeft, reportOf } from './support/acceptance.ts';
import { holdfast, makePlace } from './support/cli.ts';
import { leftInEngine, scratchFolders } from './support/left.ts';

// From a run on a weakened stack to its incident, again, on the same stack and on a sound one, and a stack that is held.
const place = makePlace();
t.teardown(place.remove);
t.setTimeout(300_000);

const root = fileURLToPath(new URL('../../', import.meta.url));
const incident = 'E1-no-token-catalogue-edge';

/**
 * The short plan of the sabotages, shorter: one phase, two attacks. A busy machine may send late: this is not about the load, and a run
 * that is INVALID shows nothing of an incident.
 */
const planFile = (): string => {
  const plan = parse(readFileSync(join(root, 'scenarios/plans/sabotage.yaml'), 'utf8')) as { load: object };
  const file = place.out('weak.yaml');
  const load = { ...plan.load, invalid: { dropsShare: 0.5, latenessP99Ms: 1000 } };
  const phases = [{ id: 'spike', trace: { fromS: 6480, toS: 6840 }, durationMs: 4000 }];
  writeFileSync(file, stringify({ ...plan, id: 'weak', phases, load, attacks: ['E1/*@catalogue', 'E3'] }));
  return file;
};

const bundleFile = place.out(`run/incidents/${incident}/bundle.json`);

t.test('a run on a weakened stack leaves a bundle for each incident', async (t) => {
  const overlay = join(root, 'fixtures/products/envoy/sabotage/jwt-optional/overlay');
  const { code, err } = await holdfast(place, ['run', planFile(), '--overlay', overlay, '--out', place.out('run')]);
  t.equal(code, 1, err);
  for (const { id } of reportOf(place, 'run').incidents)
    t.equal(parseBundle(readFileSync(place.out(`run/incidents/${id}/bundle.json`), 'utf8'), id).incident.id, id);
  t.ok(existsSync(bundleFile));
  t.match(await holdfast(place, ['verify', place.out('run')]), { code: 0 }, 'the proof covers them');
});

t.test('the incident comes again from its bundle alone', async (t) => {
  const { code, out, err } = await holdfast(place, [
    'reproduce',
    bundleFile,
    '--format',
    'json',
    '--out',
    place.out('again'),
  ]);
  t.equal(code, 1, err);
  const answer = JSON.parse(out) as { differences: unknown; outcomes: { folder: string }[] };
  t.match(answer, { incident, reproduced: 1, runs: 1, admitted: Number, differences: [] });
  await nothingLeft(t, place, reportOf(place, 'again/1').run);
});

t.test('on the configuration that this version renders it does not come, and what differs is said', async (t) => {
  const bundle = parseBundle(readFileSync(bundleFile, 'utf8'), bundleFile);
  const sound = renderConfiguration(bundle.policy, stackOfBundle(bundle), { today: bundle.run.startedAt.slice(0, 10) });
  const file = place.out('sound.json');
  writeFileSync(file, serialiseBundle({ ...bundle, configuration: Object.fromEntries(sound) }));
  const { code, out, err } = await holdfast(place, ['reproduce', file, '--out', place.out('sound')]);
  t.equal(code, 0, err);
  t.match(out, /not reproduced in 1 run /);
  // The overlay that was recorded is still in the bundle: with it this version renders the weak one.
  t.match(out, /configuration edge\/envoy\.yaml: as recorded → this version renders another/);
});

t.test('a held stack stands and answers, and down ends it', async (t) => {
  const { code, out, err } = await holdfast(place, ['reproduce', bundleFile, '--hold', '--out', place.out('held')]);
  t.equal(code, 1, err);
  const run = /holdfast down (r[\w-]+)/.exec(out)?.[1] ?? '';
  t.ok(
    (await leftInEngine(run)).some((name) => name.includes('-edge-')),
    out,
  );
  const curl = /^ *curl (.*)$/m.exec(out)?.[1] ?? '';
  const answered = await promisify(execFile)('sh', ['-c', `curl -s -o /dev/null -w '%{http_code}' ${curl}`]);
  t.equal(answered.stdout, '200');
  t.match(await holdfast(place, ['down', 'r20000101-000000-abcdef']), { code: 254, err: new RegExp(`held: ${run}`) });
  t.not((await leftInEngine(run)).length, 0, 'neither took it down');
  t.match(await holdfast(place, ['down', run]), { code: 0 });
  t.strictSame(await leftInEngine(run), []);
  t.strictSame(scratchFolders(place.scratch), []);
});
