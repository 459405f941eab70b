import { regularisedBeta } from '../check/index.ts';

/** Two-sided: what lies outside at each end. */
const tail = 0.025;
/** What the bisection may be off by, so that a limit that is round stays round. */
const slack = 1e-6;

/**
 * The two-sided 95% Clopper–Pearson interval of a probability after `k` of `n`, rounded outwards to four decimals; null where n is 0.
 * Source: Clopper and Pearson, Biometrika 26 (1934).
 */
export const interval95 = (k: number, n: number): readonly [low: number, high: number] | null => {
  if (n === 0) return null;
  const low = k === 0 ? 0 : quantile(tail, k, n - k + 1);
  const high = k === n ? 1 : quantile(1 - tail, k + 1, n - k);
  return [Math.floor(low * 10_000 + slack) / 10_000, Math.ceil(high * 10_000 - slack) / 10_000];
};

/** Quantile of the beta distribution, by bisection. */
const quantile = (share: number, a: number, b: number): number => {
  let [low, high] = [0, 1];
  for (let i = 0; i < 60; i += 1) {
    const middle = (low + high) / 2;
    if (regularisedBeta(middle, a, b) < share) low = middle;
    else high = middle;
  }
  return high;
};
