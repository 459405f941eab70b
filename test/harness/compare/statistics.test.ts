import fc from 'fast-check';
import t from 'tap';
import { betweenRuns } from '../../../harness/compare/statistics/between-runs.ts';
import { blockBootstrapError } from '../../../harness/compare/statistics/bootstrap.ts';
import { fisherExact } from '../../../harness/compare/statistics/fisher.ts';
import { merge, parseHistogram, quantileOfHistogram } from '../../../harness/compare/statistics/histogram.ts';
import { holm } from '../../../harness/compare/statistics/holm.ts';
import { quantileOf, twoSided } from '../../../harness/compare/statistics/student.ts';
import { randomStream } from '../../../harness/schedule/index.ts';

const near = (found: number, expected: number, relative = 1e-6): boolean =>
  Math.abs(found - expected) <= relative * Math.abs(expected);

t.test("Fisher's exact test gives the values of exact arithmetic", async (t) => {
  for (const [a, n, b, m, expected] of [
    [3, 4, 1, 4, 0.4857142857142857],
    [0, 300, 5, 300, 0.06145921594617495],
    [1, 300, 0, 310, 0.4918032786885246],
    [120, 1000, 180, 1100, 0.004905777650427548],
    [10, 26_000, 31, 25_000, 0.0008057867173425628],
  ] as const) {
    const p = fisherExact({ count: a, of: n }, { count: b, of: m });
    t.ok(near(p, expected), `${a} of ${n} and ${b} of ${m}: ${p}`);
  }
  t.equal(fisherExact({ count: 0, of: 0 }, { count: 5, of: 5 }), 1, 'nothing says nothing');
});

t.test("Fisher's exact test does not care for the order of the sides, and equal shares are no surprise", async (t) => {
  const share = fc
    .integer({ min: 1, max: 200 })
    .chain((of) => fc.record({ count: fc.integer({ min: 0, max: of }), of: fc.constant(of) }));
  fc.assert(
    fc.property(share, share, (a, b) => {
      const p = fisherExact(a, b);
      return p > 0 && p <= 1 && Math.abs(p - fisherExact(b, a)) < 1e-9;
    }),
  );
  fc.assert(fc.property(share, (a) => Math.abs(fisherExact(a, a) - 1) < 1e-9));
  t.pass('holds');
});

t.test("Student's t: tabulated values", async (t) => {
  t.ok(near(quantileOf(0.95, 1), 12.7062, 1e-5));
  t.ok(near(quantileOf(0.95, 10), 2.22814, 1e-5));
  t.ok(near(quantileOf(0.99, 30), 2.75, 1e-4));
  t.ok(near(twoSided(2.22814, 10), 0.05, 1e-4));
  t.equal(twoSided(0, 5), 1);
});

t.test("Holm's correction: the smallest of n counts n times, and the order is kept", async (t) => {
  t.same(holm([0.01, 0.04, 0.03]), [0.03, 0.06, 0.06]);
  t.same(holm([]), []);
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (ps) => {
      const adjusted = holm(ps);
      return adjusted.every((p, i) => p >= ps[i]! && p <= 1);
    }),
  );
});

t.test('histograms: quantiles lie in the bin of the value of that rank', async (t) => {
  const [one, other] = [parseHistogram('10:3 20:1'), parseHistogram('20:5')];
  t.same(
    [...merge([one, other])],
    [
      [10, 3],
      [20, 6],
    ],
  );
  const middle = (bin: number): number => 0.1 * 1.1 ** (bin + 0.5);
  t.equal(quantileOfHistogram(merge([one, other]), 0.3), middle(10));
  t.equal(quantileOfHistogram(merge([one, other]), 0.5), middle(20));
  t.equal(quantileOfHistogram(parseHistogram(''), 0.5), null);
});

t.test('the bootstrap is surer of even stretches than of uneven ones, and says nothing of one', async (t) => {
  const random = (): (() => number) => randomStream('214', 'test');
  const even = Array.from({ length: 10 }, () => parseHistogram('10:50 12:50'));
  const uneven = Array.from({ length: 10 }, (_, i) => parseHistogram(i % 3 === 0 ? '40:100' : '10:100'));
  t.equal(blockBootstrapError(even.slice(0, 1), 0.9, random()), 0);
  t.ok(blockBootstrapError(even, 0.9, random()) < blockBootstrapError(uneven, 0.5, random()));
  t.equal(
    blockBootstrapError(uneven, 0.5, random()),
    blockBootstrapError(uneven, 0.5, random()),
    'the same seed, the same',
  );
});

const assumed = { spread: 0.2, measuredOver: 30, runs: 5 };

/** A normally distributed number (Box and Muller). */
const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

t.test('between runs of the same, p is below 1% in about 1% of the pairs', async (t) => {
  const random = randomStream('1', 'pairs');
  const value = (): number => 100 * Math.exp(0.2 * normal(random));
  for (const [what, before] of [
    ['one run', 1],
    ['a baseline of ten', 10],
  ] as const) {
    const pairs = 4000;
    const surprises = Array.from({ length: pairs }, () =>
      betweenRuns(
        { values: Array.from({ length: before }, value), error: 0 },
        { values: [value()], error: 0 },
        assumed,
      ),
    ).filter(({ p }) => p < 0.01).length;
    t.ok(surprises < 0.016 * pairs && surprises > 0.002 * pairs, `${what}: ${surprises} of ${pairs}`);
  }
});

t.test(
  'a difference that is larger than what runs differ by is found; a baseline of many runs measures that itself',
  async (t) => {
    const one = betweenRuns({ values: [100], error: 0 }, { values: [40], error: 0 }, assumed);
    t.ok(one.p < 0.01 && near(one.value, 0.4) && one.high < 1, `${one.p}`);
    t.ok(betweenRuns({ values: [100], error: 0 }, { values: [90], error: 0 }, assumed).p > 0.2);
    const calm = { values: [100, 101, 99, 100, 102, 98], error: 0 };
    t.ok(betweenRuns(calm, { values: [90], error: 0 }, assumed).p < 0.01, 'a calm baseline sees what one run cannot');
    t.ok(betweenRuns(calm, { values: [90], error: 0.2 }, assumed).p > 0.2, 'a run that is unsure of itself says less');
  },
);
