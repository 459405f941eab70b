import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { projectRoot } from '../../../../harness/declare/discover/index.ts';
import { openLadder } from '../../../../harness/declare/plan/index.ts';

t.test('the shipped plans step down to the shortest, each weaker in its bounds', async (t) => {
  const rungs = openLadder('nightly');
  t.strictSame(
    rungs.map(({ plan }) => plan.id),
    ['nightly', 'two-fourteen', 'quick'],
  );
  t.strictSame(
    rungs.map(({ plannedMs }) => plannedMs),
    [864_000, 114_960, 57_200],
    'warm-up, ramp and phases',
  );
  const bounds = rungs.map(({ plan }) => plan.bounds.critical);
  t.strictSame(bounds, bounds.toSorted(), 'the bounds only widen');
  t.equal(openLadder('quick').length, 1);
  t.equal(openLadder('parity')[0].plannedMs, 24_000, 'a capacity that is given needs no ramp');
});

t.test('a chain that does not get shorter is refused, and so is a circle', async (t) => {
  const root = t.testdir({ scenarios: {}, fixtures: { stacks: { 'envoy-envoy': { 'stack.yaml': '' } } } });
  for (const path of ['scenarios/attacks', 'fixtures/traces'])
    cpSync(join(projectRoot, path), join(root, path), { recursive: true });
  const plans = join(root, 'scenarios/plans');
  mkdirSync(plans);
  const quick = readFileSync(join(projectRoot, 'scenarios/plans/quick.yaml'), 'utf8');
  const write = (id: string, lighter: string, lastMs = 5600): void =>
    writeFileSync(
      join(plans, `${id}.yaml`),
      `${quick.replace('id: quick', `id: ${id}`).replace(/(toS: 7740 }, durationMs:) 5600/, `$1 ${lastMs}`)}\nlighter: ${lighter}\n`,
    );
  write('a', 'b', 6000);
  write('b', './c.yaml');
  writeFileSync(
    join(plans, 'c.yaml'),
    quick.replace('id: quick', 'id: c').replace('durationMs: 34000', 'durationMs: 9000'),
  );
  t.strictSame(
    openLadder('a', root).map(({ plan, plannedMs }) => [plan.id, plannedMs]),
    [
      ['a', 57_600],
      ['b', 57_200],
      ['c', 32_200],
    ],
    'by id, and by a path from the plan',
  );
  writeFileSync(join(plans, 'c.yaml'), `${readFileSync(join(plans, 'c.yaml'), 'utf8')}\nlighter: a\n`);
  t.throws(() => openLadder('a', root), {
    code: 'bad-input',
    message: /lighter than c, which takes 32.2 s, found a with 57.6 s/,
    place: { file: join(plans, 'c.yaml') },
  });
});
