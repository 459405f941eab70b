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
    const written = async (seed: string): Promise<string> =>
      serialise((await declareAndSchedule({ plan, seed })).schedule).replace(`"seed":"${seed}"`, '');
    const one = await written(seed);
    t.ok(one === (await written(seed)), plan);
    // That a seed matters does not depend on the plan; the longest takes as long as all others.
    if (plan !== 'nightly') t.ok(one !== (await written('another')), `${plan}: another seed, another schedule`);
  }
});
