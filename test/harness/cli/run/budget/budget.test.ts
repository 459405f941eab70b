import * as fc from 'fast-check';
import t from 'tap';
import { durationText, estimateMs, openNight, parseDuration } from '../../../../../harness/cli/run/budget/index.ts';
import type { Rung } from '../../../../../harness/declare/plan/index.ts';

const rung = (id: string, plannedMs: number, standard: number, critical: number): Rung =>
  ({ plan: { id, bounds: { standard, critical } }, named: `${id}.yaml`, plannedMs }) as unknown as Rung;

const ladder = [
  rung('nightly', 860_000, 0.001, 0.0001),
  rung('two-fourteen', 110_960, 0.01, 0.001),
  rung('quick', 40_000, 0.01, 0.01),
] as const;

const minute = 60_000;

t.test('a time has units, from the largest to the smallest', async (t) => {
  t.strictSame(
    ['45m', '1h30m', '90s', '1h', '2h0m5s'].map(parseDuration),
    [2_700_000, 5_400_000, 90_000, 3_600_000, 7_205_000],
  );
  for (const wrong of ['', '45', '0m', '30m1h', '1.5h', '-5m', '45 m', '45min', 'soon', '1d', '5m5m'])
    t.throws(
      () => parseDuration(wrong),
      { code: 'commander.invalidArgument', message: /'45m', '1h30m' or '90s'/ },
      wrong,
    );
  t.equal(durationText(0), '0s');
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 3_000_000 }),
      (seconds) => parseDuration(durationText(seconds * 1000)) === seconds * 1000,
    ),
  );
});

t.test('a run is estimated by its plan, and by the slowest of the night', async (t) => {
  t.equal(estimateMs(100_000, []), 133_000, 'its load, a little more, and what is around it');
  const seen = [
    { plannedMs: 40_000, tookMs: 55_600 },
    { plannedMs: 100_000, tookMs: 113_200 },
  ];
  t.equal(estimateMs(100_000, seen), 116_500, 'half as much beside the load as was thought');
  t.equal(estimateMs(40_000, seen), 55_600);
  t.equal(estimateMs(100_000, [{ plannedMs: 40_000, tookMs: 9_000 }]), 100_000, 'a run cut short promises nothing');
  fc.assert(
    fc.property(fc.nat(1e6), fc.array(fc.record({ plannedMs: fc.nat(1e6), tookMs: fc.nat(3e6) })), (planned, runs) => {
      const estimates = [1, 2].map((times) => estimateMs(planned * times, runs));
      return estimates[0]! >= planned && estimates[1]! >= estimates[0]!;
    }),
  );
});

t.test('a night is decided again with the time that is left', async (t) => {
  let now = 5000;
  const night = openNight(45 * minute, ladder, () => now);
  const plans = (stacks: number): readonly (string | undefined)[] =>
    night.choose(stacks).map(({ rung }) => rung?.plan.id);
  t.strictSame(plans(2), ['nightly', 'nightly']);
  t.ok(night.choose(2).every(({ trimmed }) => trimmed === null));
  t.strictSame(plans(4), ['nightly', 'nightly', 'two-fourteen', 'two-fourteen']);
  // The first was slow: half as long again.
  now += 23 * minute;
  night.saw({ plannedMs: 860_000, tookMs: 23 * minute });
  t.equal(night.choose(3)[0]!.trimmed!.needMs, 23 * minute, 'what took so long will again');
  t.equal(night.spentMs(), 23 * minute);
  t.strictSame(plans(3), ['two-fourteen', 'two-fourteen', 'two-fourteen'], 'the second has lost its plan');
  now += 30 * minute;
  t.strictSame(plans(2), [undefined, undefined], 'and nothing where the time is up');
  t.match(night.choose(1)[0]!.trimmed, { instead: null, leftMs: 0 });
});

t.test('what was trimmed comes with the figures that decided it', async (t) => {
  const night = openNight(6 * minute, ladder, () => 0);
  const [first, second, , , , last] = night.choose(6);
  t.strictSame(first!.trimmed, {
    asked: { plan: 'nightly', standard: 0.001, critical: 0.0001 },
    instead: { plan: 'quick', standard: 0.01, critical: 0.01 },
    refused: 'two-fourteen',
    needMs: Math.round(110_960 * 1.03) + 30_000,
    leftMs: 360_000,
    keptMs: 4 * 71_200,
  });
  t.equal(second!.trimmed!.leftMs, 360_000 - 71_200);
  t.strictSame(
    [first, last].map((choice) => choice!.takesMs),
    [71_200, 0],
  );
  t.match(last, { rung: null, trimmed: { instead: null, refused: 'quick', needMs: 71_200, keptMs: 0 } });
});

t.test('a budget without room for one run is a wrong call, which says the least', async (t) => {
  t.throws(() => openNight(minute, ladder, () => 0), {
    code: 'usage',
    message: 'expected a budget for at least one run of quick, 1m12s with its set-up, found 1m',
    hint: /--budget 1m12s/,
  });
  t.doesNotThrow(() => openNight(parseDuration('1m12s'), ladder, () => 0));
});
