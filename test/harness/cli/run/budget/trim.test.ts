import * as fc from 'fast-check';
import t from 'tap';
import { trim } from '../../../../../harness/cli/run/budget/index.ts';

/** What each rung takes, falling; how many stacks; the time. Fractions of a millisecond as a clock gives them. */
const nights = fc
  .record({
    costs: fc.uniqueArray(fc.double({ min: 1, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 4 }),
    stacks: fc.integer({ min: 0, max: 24 }),
    share: fc.double({ min: 0, max: 1.2, noNaN: true }),
  })
  .map(({ costs, stacks, share }) => {
    const [first = 1, ...others] = costs.toSorted((a, b) => b - a);
    return { costs: [first, ...others] as const, stacks, left: share * stacks * first };
  });

const sum = (costs: readonly number[], chosen: readonly (number | null)[]): number =>
  chosen.reduce<number>((total, rung) => total + (rung === null ? 0 : costs[rung]!), 0);

/** Sums of fractions are exact to the twelfth digit or so. */
const slack = 1 + 1e-9;

t.test('by its estimate a night is never over its budget, and a stack has one choice', async () => {
  fc.assert(
    fc.property(nights, ({ costs, stacks, left }) => {
      const chosen = trim(costs, stacks, left);
      return chosen.length === stacks && sum(costs, chosen) <= left * slack;
    }),
  );
});

t.test('nothing is trimmed where everything fits', async () => {
  fc.assert(
    fc.property(nights, ({ costs, stacks, left }) => {
      const enough = Math.max(left, stacks * costs[0] * slack);
      return trim(costs, stacks, enough).every((rung) => rung === 0);
    }),
  );
});

t.test('no stack has more than one before it, and the left out are the last', async () => {
  fc.assert(
    fc.property(nights, ({ costs, stacks, left }) => {
      const depth = trim(costs, stacks, left).map((rung) => rung ?? costs.length);
      return depth.every((rung, at) => at === 0 || rung >= depth[at - 1]!);
    }),
  );
});

t.test(
  'no choice can be made stronger while the others keep theirs, and none is left out for which there is time',
  async () => {
    fc.assert(
      fc.property(nights, ({ costs, stacks, left }) => {
        const chosen = trim(costs, stacks, left);
        const spent = sum(costs, chosen);
        return chosen.every((rung) => {
          if (rung === 0) return true;
          const more = rung === null ? costs.at(-1)! : costs[rung - 1]! - costs[rung]!;
          return (spent + more) * slack >= left;
        });
      }),
    );
  },
);

t.test('more time never takes a plan away from the first stack, and never runs fewer', async () => {
  fc.assert(
    fc.property(nights, fc.double({ min: 0, max: 1e6, noNaN: true }), ({ costs, stacks, left }, more) => {
      const [before, after] = [trim(costs, stacks, left), trim(costs, stacks, left + more)];
      const run = (chosen: readonly (number | null)[]): number => chosen.filter((rung) => rung !== null).length;
      return run(after) >= run(before) && (run(after) > run(before) || (after[0] ?? 9) <= (before[0] ?? 9));
    }),
  );
});

t.test('the first have the strongest, the last are left out', async (t) => {
  const costs = [16, 3, 1] as const;
  t.strictSame(trim(costs, 3, 48), [0, 0, 0]);
  t.strictSame(trim(costs, 3, 47), [0, 0, 1]);
  t.strictSame(trim(costs, 3, 19), [0, 2, 2], 'the second could have more only at the cost of the third');
  t.strictSame(trim(costs, 3, 9), [1, 1, 1]);
  t.strictSame(trim(costs, 3, 2), [2, 2, null]);
  t.strictSame(trim(costs, 3, 0.5), [null, null, null]);
  t.strictSame(trim(costs, 0, 100), []);
});
