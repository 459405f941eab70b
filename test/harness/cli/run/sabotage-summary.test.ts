import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { readSabotageSummary, sabotageDigest } from '../../../../harness/cli/run/index.ts';
import type { SabotageResults } from '../../../../harness/cli/run/index.ts';
import { discoverSabotages, projectRoot } from '../../../../harness/declare/discover/index.ts';
import { readStack } from '../../../../harness/declare/stack/index.ts';

const stack = readStack(join(projectRoot, 'fixtures/stacks/envoy-envoy'));
const ids = discoverSabotages()
  .filter(({ stacks }) => stacks.includes(stack.id))
  .map(({ id }) => id);
const measuredAt = '2026-11-24T06:00:00.000Z';

const sound: SabotageResults = {
  stack: stack.id,
  measuredAt,
  digest: sabotageDigest(stack.id),
  falseAlarms: [],
  sabotages: ids.map((id) => ({ id, caught: true, caughtBy: ['E1'], missedBy: [], verdict: 'BROKEN' })),
};
const none = { measured: false, measuredAt: null, total: ids.length, caught: 0, missed: [], falseAlarms: 0 };

t.test('the last measurement counts while it is of what stands here', async (t) => {
  const file = join(t.testdir(), 'results.json');
  const read = (results: unknown) => {
    writeFileSync(file, typeof results === 'string' ? results : JSON.stringify(results));
    return readSabotageSummary({ stack }, file);
  };
  t.strictSame(read(sound), {
    measured: true,
    measuredAt,
    total: ids.length,
    caught: ids.length,
    missed: [],
    falseAlarms: 0,
  });
  const [first = '', ...others] = ids;
  t.match(
    read({
      ...sound,
      falseAlarms: ['E1: 3 of 9'],
      sabotages: sound.sabotages.map((row) => (row.id === first ? { ...row, caught: false } : row)),
    }),
    { measured: true, caught: others.length, missed: [first], falseAlarms: 1 },
    'what was missed is named',
  );
  for (const [what, results] of [
    [
      'another digest',
      { ...sound, digest: sabotageDigest(stack.id).replace(/^./, (digit) => (digit === '0' ? '1' : '0')) },
    ],
    ['a sabotage that was not measured', { ...sound, sabotages: sound.sabotages.slice(1) }],
    ['another stack', { ...sound, stack: 'other' }],
    ['a file of another form', { ...sound, sabotages: 'all' }],
    ['a torn file', JSON.stringify(sound).slice(0, -10)],
  ] as const) {
    t.strictSame(read(results), none, what);
  }
});

t.test('without a measurement the report says so', async (t) => {
  t.strictSame(readSabotageSummary({ stack }, join(t.testdir(), 'none.json')), none);
});
