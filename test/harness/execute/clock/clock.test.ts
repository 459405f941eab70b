import fc from 'fast-check';
import t from 'tap';
import { drift, fromMonotonic, fromWall, monotonicAt, startClock } from '../../../../harness/execute/clock/index.ts';

const clock = { wallOriginMs: 1_764_000_000_123, monotonicOriginNs: 9_007_199_254_740_993_123n };

t.test('both clocks count from the same origin, in ms with three decimals', async (t) => {
  t.equal(fromMonotonic(clock, clock.monotonicOriginNs), 0);
  t.equal(fromMonotonic(clock, clock.monotonicOriginNs + 1_234_567n), 1.235);
  t.equal(fromMonotonic(clock, clock.monotonicOriginNs - 500_000n), -0.5);
  t.equal(fromWall(clock, clock.wallOriginMs + 1.2346), 1.235);
  t.equal(monotonicAt(clock, clock.wallOriginMs), clock.monotonicOriginNs);
});

t.test('a time keeps its value from one clock to the other, whatever the uptime', async () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 2n ** 62n }),
      fc.integer({ min: -3_600_000_000, max: 3_600_000_000 }),
      (monotonicOriginNs, us) => {
        const any = { ...clock, monotonicOriginNs };
        const ns = monotonicOriginNs + BigInt(us) * 1000n;
        const ms = fromMonotonic(any, ns);
        // A wall-clock time in ms has some 0.2 µs of precision today: the figures agree to the last decimal that they keep.
        const back = fromWall(any, any.wallOriginMs + ms);
        const away = Number(monotonicAt(any, any.wallOriginMs + ms) - ns);
        return ms === us / 1000 && Math.abs(back - ms) < 0.0011 && Math.abs(away) < 1000;
      },
    ),
  );
});

t.test('the two readings belong together', async (t) => {
  const started = startClock();
  const apart = drift(started);
  t.ok(Math.abs(apart) < 1000, `${apart} ms`);
  const stepped = drift({ ...started, wallOriginMs: started.wallOriginMs - 60_000 });
  t.ok(Math.abs(stepped - 60_000) < 1000, 'a wall clock that was put forward by a minute shows as a minute');
});
