import fc from 'fast-check';
import t from 'tap';
import { ddmin } from '../../../harness/reproduce/index.ts';

const units = Array.from({ length: 12 }, (_, i) => i);
const causes = fc.uniqueArray(fc.integer({ min: 0, max: 11 }), { minLength: 1, maxLength: 5 });

t.test('what is left is what the failure needs, in its order', async (t) => {
  await t.resolves(
    fc.assert(
      fc.asyncProperty(causes, async (needed) => {
        const left = await ddmin(units, async (subset) => needed.every((unit) => subset.includes(unit)));
        return JSON.stringify(left) === JSON.stringify(needed.toSorted((a, b) => a - b));
      }),
    ),
  );
});

t.test('it is 1-minimal for any failure, and never something that was not seen to fail', async (t) => {
  await t.resolves(
    fc.assert(
      fc.asyncProperty(fc.array(causes, { minLength: 1, maxLength: 4 }), async (ways) => {
        const fails = (subset: readonly number[]): boolean =>
          ways.some((way) => way.every((unit) => subset.includes(unit)));
        const left = await ddmin(units, async (subset) => fails(subset));
        return fails(left) && left.every((unit) => left.length === 1 || !fails(left.filter((one) => one !== unit)));
      }),
    ),
  );
});

t.test('where there is no more trying, what was reached is the answer', async (t) => {
  await t.resolves(
    fc.assert(
      fc.asyncProperty(causes, fc.nat({ max: 20 }), async (needed, budget) => {
        let tries = 0;
        const left = await ddmin(units, async (subset) =>
          (tries += 1) > budget ? null : needed.every((unit) => subset.includes(unit)),
        );
        return tries <= budget + 1 && needed.every((unit) => left.includes(unit));
      }),
    ),
  );
});

t.test('one unit, or none, is as small as can be', async (t) => {
  for (const few of [[], [7]]) {
    let asked = 0;
    t.strictSame(
      await ddmin(few, async () => {
        asked += 1;
        return true;
      }),
      few,
    );
    t.equal(asked, 0);
  }
});
