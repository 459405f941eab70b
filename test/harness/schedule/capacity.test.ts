import t from 'tap';
import { breakOf, capacityOf, keepFor } from '../../../harness/schedule/index.ts';
import type { RampResult } from '../../../harness/schedule/index.ts';
import { plan } from './inputs.ts';

const ramp = {
  warmUpMs: 0,
  fromPerSecond: 100,
  toPerSecond: 400,
  steps: 4,
  stepMs: 1000,
  failShare: 0.02,
  latencyP99Ms: 100,
};
const rising = { ...plan, load: { ...plan.load, peak: 0.8, ceilingPerSecond: 1000, timeoutMs: 2000, capacity: ramp } };

type Answer = { latency?: number; status?: number | null; dropped?: boolean };
/** Results of the ramp, each step's arrivals answered alike. */
const results = (steps: readonly Answer[]): readonly RampResult[] =>
  steps.flatMap(({ latency = 5, status = 200, dropped = false }, i) =>
    Array.from({ length: (i + 1) * 100 }, (_, k) => {
      const dueMs = i * 1000 + (k * 10) / (i + 1);
      if (dropped) return { dueMs, sentMs: null, endMs: null, status: null, error: 'dropped' };
      return { dueMs, sentMs: dueMs, endMs: dueMs + latency, status, error: status === null ? 'timeout' : null };
    }),
  );

t.test('the warm-up measures nothing, and moves the steps', async (t) => {
  const slow = (dueMs: number) => ({ dueMs, sentMs: dueMs, endMs: dueMs + 900, status: 200, error: null });
  const warm = { ...rising, load: { ...rising.load, capacity: { ...ramp, warmUpMs: 1500 } } };
  const later = results([{}, {}, { latency: 300 }, { latency: 900 }]).map((one) => ({
    ...one,
    dueMs: one.dueMs + 1500,
    endMs: one.endMs! + 1500,
  }));
  const cold = Array.from({ length: 150 }, (_, i) => slow(i * 10));
  const told = (one: typeof plan, all: readonly RampResult[]) =>
    capacityOf(one, all).steps.map(({ intended, sustained }) => [intended, sustained]);
  t.strictSame(told(warm, [...cold, ...later]), [
    [100, true],
    [200, true],
    [300, false],
    [400, false],
  ]);
});

t.test('the most good answers of any 1.5 s: slow ones count, late ones do not decide', async (t) => {
  const measured = capacityOf(rising, results([{}, {}, {}, {}]));
  // The last 1.5 s: half of 300 and all of 400.
  t.match(measured, { perSecond: 366.67, measured: true, clamped: true, peakPerSecond: 293.336 });
  t.match(capacityOf(rising, results([{}, {}, { latency: 300 }, { latency: 300 }])), {
    perSecond: 366.67,
    clamped: false,
    steps: [{ sustained: true }, { sustained: true }, { sustained: false }, { sustained: false }],
  });
  t.strictSame(
    measured.steps.map(({ intended }) => intended),
    [100, 200, 300, 400],
  );
});

t.test('failures, time-outs and drops are no good answers, and break the ramp', async (t) => {
  for (const broken of [{ status: 503 }, { status: null }, { dropped: true }])
    t.match(capacityOf(rising, results([{}, broken, broken, broken])), { perSecond: 66.67, clamped: false });
  t.match(capacityOf(rising, results([{}, {}, {}, { dropped: true }])), {
    perSecond: 266.67,
    steps: { 3: { dropped: 400, latencyP99Ms: 2000 } },
  });
});

t.test('answers of the warm-up are none of the ramp', async (t) => {
  const warm = { ...rising, load: { ...rising.load, capacity: { ...ramp, warmUpMs: 1000 } } };
  t.equal(capacityOf(warm, results([{}])).perSecond, 0);
  t.equal(capacityOf(warm, results([{}, {}])).perSecond, 133.33);
});

const breaksAt = (steps: readonly boolean[]): number => breakOf(steps.map((sustained) => ({ sustained })));

t.test('a ramp breaks at the first of two steps that were not sustained, or at the last', async (t) => {
  t.equal(breaksAt([true, true, false, false]), 2);
  t.equal(breaksAt([true, true, true, false]), 3);
  t.equal(breaksAt([true, true, true, true]), -1);
});

t.test(
  'a hiccup that a faster step outlives does not count, nor a cold start that two faster steps outlive',
  async (t) => {
    t.equal(breaksAt([true, false, true, true]), -1);
    t.equal(breaksAt([false, false, true, true]), -1);
    t.equal(breaksAt([false, false, true, false]), 0);
    t.equal(breaksAt([false, true, true, false]), 3);
  },
);

t.test('0 where nothing came back', async (t) => {
  t.match(capacityOf(rising, results([{ status: 503 }, { status: 503 }])), { perSecond: 0, peakPerSecond: 0 });
  t.equal(capacityOf(rising, []).perSecond, 0);
});

t.test('a fixed rate is taken as given; the ceiling clamps', async (t) => {
  const fixed = { ...rising, load: { ...rising.load, capacity: { fixedPerSecond: 150 } } };
  t.strictSame(capacityOf(fixed, []), {
    type: 'capacity',
    perSecond: 150,
    measured: false,
    clamped: false,
    peakPerSecond: 120,
    steps: [],
  });
  t.strictSame(keepFor(rising, 500), { keep: 0.4, peakPerSecond: 400, clamped: false });
  t.strictSame(keepFor(rising, 5000), { keep: 1, peakPerSecond: 1000, clamped: true });
});
