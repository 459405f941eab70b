import fc from 'fast-check';
import t from 'tap';
import type { Timeline } from '../../../../harness/model/index.ts';
import { align } from '../../../../reports/documents/comparison/align.ts';

/** A timeline with phases of the lengths given, a pause before each, and a value for each bin that says which it is. */
const timeline = (
  lengths: readonly (readonly [id: string, ms: number])[],
  { binMs = 500, originMs = 3000, pauseMs = 0 } = {},
): Timeline => {
  let at = originMs;
  const phases = lengths.map(([id, ms]) => {
    const startMs = at + pauseMs;
    at = startMs + ms;
    return { id, startMs, endMs: at };
  });
  const bins = Math.ceil((at - originMs) / binMs);
  const series = Array.from({ length: bins }, (_, bin) => bin);
  return {
    binMs,
    originMs,
    phases,
    windows: [],
    operations: [],
    intendedPerSecond: series,
    answeredPerSecond: series,
    failedPerSecond: series.map(() => 0),
    attemptsPerSecond: series,
    admittedPerSecond: series.map(() => null),
    latencyP50Ms: series,
    latencyP99Ms: series,
  };
};

const usual = [
  ['capacity', 6000],
  ['rest', 5000],
  ['spike', 22_000],
  ['recovery', 5000],
] as const;

/** Where on the axis the bin with that value lies. */
const placeOf = (series: ReturnType<typeof align>['before'], bin: number): number =>
  series.atMs[series.answered.indexOf(bin)] ?? NaN;

t.test('a phase begins at the same place for both, however long those before it were', (t) => {
  const before = timeline(usual);
  const after = timeline(
    [
      ['capacity', 9000],
      ['rest', 5000],
      ['spike', 22_000],
      ['recovery', 5000],
    ],
    {
      originMs: 7000,
    },
  );
  const aligned = align(before, after);
  t.equal(aligned.zero, 'spike');
  t.strictSame(
    aligned.phases.map(({ id, startMs, endMs }) => [id, startMs, endMs]),
    [
      ['capacity', -14_000, -5000],
      ['rest', -5000, 0],
      ['spike', 0, 22_000],
      ['recovery', 22_000, 27_000],
    ],
  );
  t.equal(placeOf(aligned.before, 22), 250, 'the first bin of the spike: 11 s after the start');
  t.equal(placeOf(aligned.after, 28), 250, '… and here 14 s after it');
  t.end();
});

t.test('a bin that straddles the start of a phase is of the phase that it holds most of', (t) => {
  const line = timeline(usual, { pauseMs: 130 });
  const aligned = align(line, line);
  t.strictSame(aligned.before, aligned.after);
  t.ok(aligned.before.atMs.every((at, point) => point === 0 || at >= (aligned.before.atMs[point - 1] ?? 0)));
  t.end();
});

t.test('a phase that one side lacks keeps its room, and the lines break between phases', (t) => {
  const aligned = align(
    timeline(usual),
    timeline([
      ['spike', 10_000],
      ['calm', 4000],
    ]),
  );
  t.strictSame(
    aligned.phases.map(({ id }) => id),
    ['capacity', 'rest', 'spike', 'calm', 'recovery'],
  );
  t.equal(aligned.before.answered.filter((value) => value === null).length, 3);
  t.equal(aligned.after.answered.filter((value) => value === null).length, 1);
  t.end();
});

t.test('without phases there is nothing to align by', (t) => {
  const none = { ...timeline(usual), phases: [] };
  t.equal(align(none, none).zero, null);
  t.strictSame(align(none, none).before.atMs, []);
  t.end();
});

t.test('whatever the phases, every bin of both is on the axis once, in order', (t) => {
  const lengths = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'spike', 'c'), fc.integer({ min: 700, max: 9000 })), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(lengths, lengths, fc.integer({ min: 0, max: 900 }), (one, other, pauseMs) => {
      const lines = [timeline(one, { pauseMs }), timeline(other, { originMs: 0 })] as const;
      const aligned = align(...lines);
      return [aligned.before, aligned.after].every((series, side) => {
        const seen = series.answered.filter((value) => value !== null);
        const bins = lines[side]?.intendedPerSecond.length ?? 0;
        return (
          seen.length === bins &&
          new Set(seen).size === bins &&
          series.atMs.length === series.p99.length &&
          series.atMs.every((at) => Number.isFinite(at))
        );
      });
    }),
  );
  t.end();
});
