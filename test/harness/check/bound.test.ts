import fc from 'fast-check';
import t from 'tap';
import { bound95 } from '../../../harness/check/bound.ts';

t.test('known values', async (t) => {
  // 1 − 0.05^(1/n); and the 0.95 quantiles of Beta(k + 1, n − k).
  t.equal(bound95(0, 0), null);
  const known: readonly (readonly [number, number, number])[] = [
    [0, 1, 0.95],
    [0, 10, 0.258866],
    [1, 10, 0.394163],
    [3, 10, 0.606624],
    [9, 10, 0.994884],
    [10, 10, 1],
    [0, 100, 0.029513],
    [5, 100, 0.102253],
  ];
  for (const [admitted, n, expected] of known) {
    t.ok(Math.abs((bound95(admitted, n) ?? 2) - expected) < 2e-6, `${admitted} of ${n}: ${bound95(admitted, n)}`);
  }
});

t.test('the numbers of attempts of the design give their bounds, and one fewer does not', async (t) => {
  for (const [n, bound] of [
    [299, 1e-2],
    [2995, 1e-3],
    [29_956, 1e-4],
  ] as const) {
    t.ok((bound95(0, n) ?? 1) <= bound);
    t.ok((bound95(0, n - 1) ?? 0) > bound);
  }
});

/** P(X ≤ k) of a binomial, summed term by term: slow and plain, to check the continued fraction against. */
const binomialTail = (k: number, n: number, p: number): number => {
  let [term, sum] = [(1 - p) ** n, 0];
  for (let i = 0; i <= k; i += 1) {
    sum += term;
    term *= ((n - i) / (i + 1)) * (p / (1 - p));
  }
  return sum;
};

t.test('the bound is where the binomial tail is 5%, and grows with admissions', async () => {
  const sizes = fc
    .integer({ min: 2, max: 200 })
    .chain((n) => fc.tuple(fc.constant(n), fc.integer({ min: 0, max: n - 1 })));
  fc.assert(
    fc.property(sizes, ([n, k]) => {
      const bound = bound95(k, n) ?? 0;
      if (bound > 0.97) return true; // the plain sum underflows there
      return Math.abs(binomialTail(k, n, bound) - 0.05) < 1e-3 && (k === 0 || bound > (bound95(k - 1, n) ?? 0));
    }),
  );
});

t.test('millions of packets', async (t) => {
  t.ok((bound95(0, 3_000_000) ?? 1) < 1e-6);
  t.ok((bound95(2, 3_000_000) ?? 1) < 2.2e-6);
});
