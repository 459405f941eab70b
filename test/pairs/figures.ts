import { matchesGlob } from 'node:path';
import { compare } from '../../harness/compare/index.ts';
import type { GivenGate } from '../../harness/compare/index.ts';
import type { Comparison, ComparisonLine, Posture } from '../../harness/model/index.ts';
import type { Planted } from './planted.ts';

/** A pair that was compared, and what came of it. */
export type Pair = { readonly name: string; readonly comparison: Comparison };

/** Two runs of the same, or one run against several before it. */
export const pairOf = (
  name: string,
  before: readonly [Posture, ...Posture[]],
  after: Posture,
  gate: GivenGate,
): Pair => ({
  name,
  comparison: compare(
    { label: before.at(-1)!.run, postures: before, files: null },
    { label: after.run, postures: [after], files: null },
    gate,
    after.harness,
  ),
});

/** The lines that call a pair a regression. */
export const regressions = ({ comparison: { lines } }: Pair): readonly ComparisonLine[] =>
  lines.filter(({ judgement, gate }) => judgement === 'regression' && gate === 'fail');

/** What became of a planted regression: the lines that show it, and what those that should have were called. */
export const foundIn = (
  { shows }: Planted,
  { comparison }: Pair,
): { readonly found: boolean; readonly by: readonly ComparisonLine[]; readonly called: readonly ComparisonLine[] } => {
  const expected = comparison.lines.filter(({ id }) => shows.some((glob) => matchesGlob(id, glob)));
  const by = expected.filter(({ judgement }) => judgement === 'regression');
  return { found: comparison.verdict === 'REGRESSION' && by.length > 0, by, called: expected };
};

/** Standard deviation of the natural logarithm of values: what the gate's `spread` is measured in. */
export const spreadOf = (values: readonly number[]): number => {
  const logs = values.map(Math.log);
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  return Math.sqrt(logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (logs.length - 1));
};

/** The same by the median absolute deviation, scaled so that it agrees for a normal distribution (Hampel 1974). */
export const robustSpreadOf = (values: readonly number[]): number => {
  const logs = values.map(Math.log);
  const middle = medianOf(logs);
  return 1.4826 * medianOf(logs.map((log) => Math.abs(log - middle)));
};

const medianOf = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) / 2;
  return (sorted[Math.floor(at)]! + sorted[Math.ceil(at)]!) / 2;
};
