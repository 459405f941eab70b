import fc from 'fast-check';
import t from 'tap';
import { levelMarks } from '../../../harness/trend/index.ts';
import type { Series } from '../../../harness/trend/index.ts';
import { sampleGate } from '../../../reports/trend/sample.ts';

const series = (values: readonly (number | null)[], over: Partial<Series> = {}): Series => ({
  id: 'throughput',
  title: 'Throughput',
  unit: '1/s',
  better: 'more',
  values,
  ...over,
});
const all = (): boolean => true;
const marks = (values: readonly (number | null)[], over: Partial<Series> = {}) =>
  levelMarks(series(values, over), all, sampleGate);

t.test('a fall is marked once, with the median that it is held against', (t) => {
  t.match(marks([1000, 1010, 990, 1000, 600, 610, 605]), [
    { series: 'throughput', night: 4, value: 600, median: 1000, of: 4, tone: 'worse' },
  ]);
  t.match(marks([1000, 1010, 990, 1000, 1900]), [{ night: 4, tone: 'better' }]);
  t.match(marks([20, 20, 21, 20, 400], { id: 'latency spike p99', unit: 'ms', better: 'less' }), [
    { night: 4, tone: 'worse' },
  ]);
  t.end();
});

t.test('two falls that are apart are both marked, and the way back to the level is none', (t) => {
  const values = [1000, 1010, 990, 1000, 400, 1000, 990, 1010, 1000, 400, 1000];
  t.strictSame(
    marks(values).map(({ night, tone }) => [night, tone]),
    [
      [4, 'worse'],
      [9, 'worse'],
    ],
  );
  t.end();
});

t.test('what is small, what has too few nights before it, and what is not judged gets no mark', (t) => {
  t.strictSame(marks([1000, 1000, 600]), [], 'two nights are no level');
  t.strictSame(marks([1, 1, 1, 1.1, 3], { id: 'latency rest p50', unit: 'ms', better: 'less' }), [], 'less than 5 ms');
  t.strictSame(marks(Array.from({ length: 30 }, (_, at) => (at === 29 ? 1080 : 1000))), [], 'less than a tenth');
  t.strictSame(marks([100, 100, 100, 100, 20], { id: 'score', unit: 'points' }), [], 'a score is a fact');
  t.strictSame(marks([null, null, null, null, 600]), []);
  t.strictSame(marks([1000, null, 1000, 0, 1000, null, 600]).length, 1, 'gaps are passed over');
  t.end();
});

t.test('nights of another plan or machine are no level to hold a night against', (t) => {
  const values = [1000, 1010, 990, 1000, 600, 610, 605, 600];
  t.strictSame(
    levelMarks(series(values), (a, b) => a < 4 === b < 4, sampleGate),
    [],
  );
  t.end();
});

t.test('where there are enough nights, their own spread decides: noisy nights are not marked', (t) => {
  const noisy = Array.from({ length: 40 }, (_, at) => 1000 * 2 ** (((at * 13) % 7) - 3));
  t.strictSame(marks(noisy), []);
  t.ok(levelMarks(series(noisy.slice(0, 9)), all, sampleGate).length > 0, 'by the spread of the gate they would be');
  t.end();
});

t.test('nights that are all drawn from one distribution are hardly ever marked', (t) => {
  // The sum of twelve uniform numbers is near enough to a normal one; the seed makes this the same each time.
  const normal = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 12, maxLength: 12 });
  const nights = fc.sample(
    normal.map((parts) => 1000 * Math.exp(0.1 * (parts.reduce((sum, part) => sum + part, 0) - 6))),
    { numRuns: 4000, seed: 7 },
  );
  let marked = 0;
  for (let at = 0; at < nights.length; at += 100) marked += marks(nights.slice(at, at + 100)).length;
  t.ok(marked <= 8, `${marked} of 4,000 equal nights`);
  t.end();
});

t.test('whatever the nights, a mark is about a night that has a value', (t) => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }))), (values) =>
      marks(values).every(({ night, value, median }) => values[night] === value && median > 0),
    ),
  );
  t.end();
});
