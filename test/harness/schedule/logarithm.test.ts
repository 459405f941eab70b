import fc from 'fast-check';
import t from 'tap';
import { ln } from '../../../harness/schedule/logarithm.ts';
import { attemptsFor } from '../../../harness/schedule/index.ts';

t.test('agrees with Math.log', async (t) => {
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(
        fc.double({ min: 1e-12, max: 1e12, noNaN: true }),
        (x) => Math.abs(ln(x) - Math.log(x)) <= 1e-14 * Math.max(1, Math.abs(Math.log(x))),
      ),
    ),
  );
});

t.test('the number of attempts is the smallest whose Clopper–Pearson bound is within the plan’s', async (t) => {
  t.strictSame([0.01, 0.001, 0.0001].map(attemptsFor), [299, 2995, 29956]);
  fc.assert(
    fc.property(fc.double({ min: 1e-4, max: 0.5, noNaN: true }), (bound) => {
      const n = attemptsFor(bound);
      return 1 - 0.05 ** (1 / n) <= bound + 1e-12 && (n === 1 || 1 - 0.05 ** (1 / (n - 1)) > bound - 1e-12);
    }),
  );
});
