import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { Report } from '../../harness/model/index.ts';
import { readMatrix } from '../../reports/matrix/index.ts';
import { runStep } from '../ci/runner.ts';
import type { Place } from '../ci/runner.ts';
import { holdfast, makePlace } from './support/cli.ts';

// The steps of the action that need an engine, in their order, with the short plan `sabotage`: what test/ci cannot run.
t.setTimeout(600_000);

t.test('a night by the scripts of the action, from the images to the verdict', async (t) => {
  const own = makePlace();
  t.teardown(own.remove);
  const at: Place = { workspace: own.out('workspace'), temp: own.out('temp') };
  mkdirSync(at.workspace);
  const work = join(at.temp, 'holdfast');
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const inputs = { plan: 'sabotage', stacks: 'envoy-envoy', budget: '5m', 'signing-key': pem };

  const brought = await runStep('Bring the engine and the images', at, inputs);
  t.equal(brought.code, 0, brought.err);
  t.match(brought.err, /no archive at .*images\.tar/, 'the first night has no cache');
  const archive = join(work, 'images.tar');
  t.ok(statSync(archive).size > 100e6, 'and leaves one');
  const { mtimeMs } = statSync(archive);
  const again = await runStep('Bring the engine and the images', at, inputs);
  t.match(again, { code: 0, err: /loaded .*images\.tar/ }, 'which the engine takes');
  t.equal(statSync(archive).mtimeMs, mtimeMs, 'it has all of them, and is not written again');

  const ran = await runStep('Run', at, inputs);
  t.equal(ran.code, 0, ran.err);
  t.match(ran.err, /budget 5m: envoy-envoy sabotage/);
  const matrix = (await readMatrix(join(work, 'night')))!;
  const [row] = matrix.rows;
  t.match(matrix, { plan: 'sabotage', budget: { ms: 300_000 } });
  t.match(row, { stack: 'envoy-envoy', plan: 'sabotage', trimmed: null, error: null });
  const key = join(own.root, 'key.pem');
  writeFileSync(key, pem);
  const run = join(work, 'night/envoy-envoy');
  t.match(await holdfast(own, ['verify', run, '--key', key]), { code: 0 }, 'signed with the key of the job');

  const published = await runStep('Compare and publish', at, inputs);
  t.equal(published.code, 0, published.err);
  // On a busy machine a run may lack evidence: the steps say the same as the report, whatever that is.
  const { verdict } = JSON.parse(readFileSync(join(work, 'night/envoy-envoy/report.json'), 'utf8')) as Report;
  t.not(verdict, 'BROKEN');
  const exit = verdict === 'HOLDS' ? '0' : '2';
  t.match(published.outputs, { exit, verdict: verdict === 'HOLDS' ? 'HOLDS' : 'UNKNOWN', regressions: '0' });
  t.equal(existsSync(join(work, 'last-good/last-good.envoy-envoy.sabotage.json')), verdict === 'HOLDS');
  const steps = {
    'steps.publish.outputs.exit': exit,
    'steps.publish.outputs.verdict': verdict,
    'steps.publish.outputs.regressions': '0',
  };
  t.equal((await runStep('Verdict', at, inputs, steps)).code, Number(exit));
});
