import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { declareAndSchedule } from '../../../../harness/cli/run/index.ts';
import { projectRoot } from '../../../../harness/declare/discover/index.ts';
import { serialise } from '../../../../harness/schedule/index.ts';

const seed = 'acceptance';

t.test('the same seed gives the same bytes, for every plan', async (t) => {
  const plans = readdirSync(join(projectRoot, 'scenarios/plans')).flatMap(
    (name) => /^(.*)\.yaml$/.exec(name)?.[1] ?? [],
  );
  for (const plan of plans) {
    const [one, two, other] = await Promise.all(
      [seed, seed, 'another'].map(async (seed) => serialise((await declareAndSchedule({ plan, seed })).schedule)),
    );
    t.ok(one === two, plan);
    t.not(
      one?.replace(/"seed":"\w+"/, ''),
      other?.replace(/"seed":"\w+"/, ''),
      `${plan}: another seed, another schedule`,
    );
  }
});
