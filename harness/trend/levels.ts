import type { Gate } from '../model/index.ts';
import { spreadOf } from './series.ts';
import type { Series } from './series.ts';

/** A night that stands apart from those before it. */
export type LevelMark = {
  readonly series: string;
  /** Which night of the group. */
  readonly night: number;
  readonly value: number;
  /** Median of the nights before it, and how many these were. */
  readonly median: number;
  readonly of: number;
  readonly tone: 'better' | 'worse';
};

/** Whether two nights, by their places, measured the same. */
export type Comparable = (night: number, other: number) => boolean;

/** How the marks are made: said on the page, so that nobody has to guess. */
export const levelRule = { window: 7, least: 3, deviations: 4, ownFrom: 10 } as const;

const medianOf = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/**
 * Standard deviation of the logarithm between nights: from the steps from one night to the next where there are enough of them, by
 * their median, which a few outliers do not move; else what the gate says.
 */
const spreadBetween = (values: readonly (number | null)[], comparable: Comparable, given: number): number => {
  const steps = values.flatMap((value, at) => {
    const previous = values[at - 1] ?? null;
    return value === null || previous === null || value <= 0 || previous <= 0 || !comparable(at, at - 1)
      ? []
      : [Math.abs(Math.log(value / previous))];
  });
  // 1.4826 makes a standard deviation of a median of absolute normal steps; a step has twice the variance of a night.
  return steps.length < levelRule.ownFrom ? given : (1.4826 * medianOf(steps)) / Math.SQRT2;
};

/** Differences that the gate takes for too small to matter. */
const matters = ({ unit }: Series, value: number, median: number, least: Gate['least']): boolean =>
  Math.abs(Math.log(value / median)) >= Math.log(unit === 'ms' ? least.latencyRatio : least.capacityRatio) &&
  (unit !== 'ms' || Math.abs(value - median) >= least.latencyMs);

/**
 * Where a series leaves its level: a night is held against the median of the up to seven nights before it that are
 * comparable (at least three), and is marked where it lies further off than four standard deviations of that difference and
 * by more than the gate takes for small. Of consecutive nights off on one side, the first is marked.
 */
export const levelMarks = (
  series: Series,
  comparable: Comparable,
  gate: Pick<Gate, 'least' | 'spread'>,
): readonly LevelMark[] => {
  const kind = spreadOf(series.id);
  if (kind === null) return [];
  const { values } = series;
  const spread = spreadBetween(values, comparable, gate.spread[kind]);
  const marks: LevelMark[] = [];
  let off: LevelMark['tone'] | null = null;
  values.forEach((value, night) => {
    if (value === null || value <= 0) return;
    const before = values
      .slice(0, night)
      .filter((each, at): each is number => each !== null && each > 0 && comparable(at, night))
      .slice(-levelRule.window);
    if (before.length < levelRule.least) {
      off = null;
      return;
    }
    const median = medianOf(before);
    // A median of n has about π/2n of the variance of one night.
    const deviation = spread * Math.sqrt(1 + Math.PI / (2 * before.length));
    const apart = Math.abs(Math.log(value / median)) > levelRule.deviations * deviation;
    const tone = value > median === (series.better === 'more') ? 'better' : 'worse';
    const now = apart && matters(series, value, median, gate.least) ? tone : null;
    if (now !== null && now !== off)
      marks.push({ series: series.id, night, value, median, of: before.length, tone: now });
    off = now;
  });
  return marks;
};
