import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { nothingLeft, reportOf, standsAlone } from './support/acceptance.ts';
import { makePlace, start } from './support/cli.ts';
import type { Started } from './support/cli.ts';
import { leftInEngine, leftInScratch, scratchFolders, soon } from './support/left.ts';
import { secretsIn } from './support/secrets.ts';

// However a run is ended, nothing of it is left: the launcher as a child process, real containers, the short plan `sabotage`.
const place = makePlace();
t.teardown(place.remove);
t.setTimeout(600_000);

const run = (name: string): Started =>
  start(place, ['run', 'sabotage', '--seed', 'acceptance', '--out', place.out(name)]);

t.test('Ctrl-C in mid-run: all is taken down, and the partial history is kept', async (t) => {
  const started = run('partial');
  await started.said(/\breplay: /);
  const id = started.run();
  await sleep(5000);
  started.interrupt();
  const { code, err } = await started.ended;
  t.equal(code, 2, err);
  t.match(reportOf(place, 'partial'), {
    run: id,
    verdict: 'UNKNOWN',
    partial: true,
    reasons: [{ code: 'interrupted', data: { by: /stopped: SIGINT/ } }],
    incidents: [],
  });
  await standsAlone(t, place, 'partial', 2);
  t.strictSame(secretsIn(place.out('partial'), Date.now()), []);
  await nothingLeft(t, place, id);
});

t.test('Ctrl-C before there is anything to show leaves nothing', async (t) => {
  const started = run('early');
  await started.said(/\bstack: starting /);
  const id = started.run();
  started.interrupt();
  t.match(await started.ended, { code: 2, err: /stopped: SIGINT/ });
  t.notOk(existsSync(place.out('early')));
  await nothingLeft(t, place, id);
});

for (const victim of ['the launcher', 'the harness itself'] as const) {
  t.test(`kill -9 of ${victim} in mid-run: ten seconds later nothing is left`, async (t) => {
    const started = run(victim);
    await started.said(/\breplay: /);
    const id = started.run();
    const { pid } = started.child;
    const harness = Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim());
    t.ok(harness > 0, 'the launcher has one child, the harness');
    await sleep(3000);
    t.ok((await leftInEngine(id)).length > 10, 'the run is under way');
    t.ok(leftInScratch(place.scratch).length > 10, 'and has files to hide');
    process.kill(victim === 'the launcher' ? pid! : harness, 'SIGKILL');
    const gone = await soon(
      10_000,
      async () => (await leftInEngine(id)).length === 0 && leftInScratch(place.scratch).length === 0,
    );
    t.ok(gone, `left: ${[...(await leftInEngine(id)), ...leftInScratch(place.scratch)].join(', ')}`);
    t.ok(await soon(5000, () => !existsSync(`/proc/${harness}`)), 'the harness has ended as well');
    const ended = await started.ended;
    if (victim === 'the launcher') t.match(reportOf(place, victim), { partial: true, verdict: 'UNKNOWN' });
    else t.match(ended, { code: 255, err: /killed by SIGKILL[^]*hint: / }, 'the launcher says what happened');
    for (const name of scratchFolders(place.scratch)) rmSync(join(place.scratch, name), { recursive: true });
  });
}
