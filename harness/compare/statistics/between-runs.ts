import { deviation } from './bootstrap.ts';
import { quantileOf, twoSided } from './student.ts';

/** A quantity as it was measured in one or several runs, and how sure a single run is of it (standard error of the logarithm). */
export type Sample = { readonly values: readonly number[]; readonly error: number };

/** What runs of the same differ by, and over how many runs that was measured: used while a side has too few to show it. */
export type Assumed = { readonly spread: number; readonly measuredOver: number; readonly runs: number };

/** After ÷ before, with the interval and the two-sided p against no difference. */
export type Difference = {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly confidence: number;
  readonly p: number;
};

const confidence = 0.95;

/**
 * Compares two quantities that are larger than 0 by their logarithms, with Student's t. The spread between runs is measured from the
 * side before where it has runs enough, and assumed else; a run whose own sample is less sure than that counts with its own error.
 */
export const betweenRuns = (before: Sample, after: Sample, assumed: Assumed): Difference => {
  const logs = before.values.map(Math.log);
  const measured = logs.length >= assumed.runs;
  const spread = measured ? deviation(logs) : assumed.spread;
  const freedom = (measured ? logs.length : assumed.measuredOver) - 1;
  const own = (sample: Sample): number => Math.max(spread, sample.error) ** 2 / sample.values.length;
  const error = Math.max(Math.sqrt(own(before) + own(after)), 1e-6);
  const difference = mean(after.values.map(Math.log)) - mean(logs);
  const reach = quantileOf(confidence, freedom) * error;
  return {
    value: Math.exp(difference),
    low: Math.exp(difference - reach),
    high: Math.exp(difference + reach),
    confidence,
    p: twoSided(difference / error, freedom),
  };
};

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
