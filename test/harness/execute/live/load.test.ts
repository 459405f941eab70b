import fc from 'fast-check';
import t from 'tap';
import { loadTally } from '../../../../harness/execute/live/load.ts';
import type { Arrival } from '../../../../harness/model/index.ts';

const never = (): boolean => false;
/** One arrival every ten milliseconds. */
const steady = (count: number): Arrival[] => Array.from({ length: count }, (_, i) => [i * 10, 0, 0]);
const answer = (index: number, tookMs: number, outcome = '200'): string =>
  `${index} ${index * 10}.500 ${(index * 10 + tookMs).toFixed(3)} ${outcome}\n`;

t.test('rates are of the last two seconds, latencies from the intended time', async (t) => {
  const tally = loadTally({ arrivals: steady(1000), timeoutMs: 2000, touched: never });
  tally.take('origin 1795522576.123\n');
  for (let i = 0; i < 400; i++) tally.take(answer(i, i < 200 || i > 207 ? 3.5 : 900));
  const now = tally.at(4000);
  t.match(now, { askedPerSecond: 100, failed: 0, dropped: 0, disturbed: 0 });
  t.equal(now.waiting, 1, 'the one that is due at this very moment');
  t.ok(Math.abs(now.deliveredPerSecond - 100) <= 1, String(now.deliveredPerSecond));
  t.equal(now.p50Ms, 3.5);
  t.equal(now.p99Ms, 900);
});

t.test('failed, dropped and unknown answers', async (t) => {
  const tally = loadTally({ arrivals: steady(10), timeoutMs: 2000, touched: never });
  tally.take(answer(0, 3) + answer(1, 3, '503') + answer(2, 3, 'e1220') + '3 - - dropped\n');
  tally.take(answer(0, 3, '500') + 'level=warn msg="no result"\n99 1.000 2.000 200\n');
  const now = tally.at(2500);
  t.match(now, { failed: 2, dropped: 1, waiting: 6, p50Ms: 3 }, 'a second line on the same arrival changes nothing');
  t.equal(now.p99Ms, 2000, 'without an answer at least the time-out');
});

t.test('what the harness itself cut off is no failure of the stack', async (t) => {
  const tally = loadTally({ arrivals: steady(4), timeoutMs: 2000, touched: (_route, dueMs) => dueMs >= 20 });
  tally.take(answer(0, 3) + answer(1, 3, '503') + answer(2, 700, '503') + answer(3, 700));
  t.match(tally.at(1000), { failed: 1, disturbed: 1, p99Ms: 3, deliveredPerSecond: 2 });
});

t.test('nothing yet is nothing', async (t) => {
  t.strictSame(loadTally({ arrivals: [], timeoutMs: 2000, touched: never }).at(-300), {
    askedPerSecond: 0,
    deliveredPerSecond: 0,
    failed: 0,
    disturbed: 0,
    dropped: 0,
    waiting: 0,
    p50Ms: null,
    p99Ms: null,
  });
});

t.test('however the lines are cut into pieces, the figures are the same', async () => {
  const lines = Array.from({ length: 60 }, (_, i) => answer(i, (i * 7) % 40, i % 9 === 0 ? '503' : '200'));
  const whole = loadTally({ arrivals: steady(60), timeoutMs: 2000, touched: never });
  whole.take(lines.join(''));
  const wanted = whole.at(700);
  fc.assert(
    fc.property(fc.array(fc.nat(60), { maxLength: 12 }), (cuts) => {
      const tally = loadTally({ arrivals: steady(60), timeoutMs: 2000, touched: never });
      const at = [0, ...cuts.toSorted((a, b) => a - b), 60];
      for (const [i, from] of at.entries()) tally.take(lines.slice(from, at[i + 1] ?? 60).join(''));
      const same = tally.at(700);
      return JSON.stringify(same) === JSON.stringify(wanted);
    }),
  );
});
