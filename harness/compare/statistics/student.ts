import { regularisedBeta } from '../../check/index.ts';

/** Two-sided p of Student's t with `freedom` degrees of freedom (DLMF 8.17, Abramowitz and Stegun 26.7.1). */
export const twoSided = (t: number, freedom: number): number =>
  regularisedBeta(freedom / (freedom + t * t), freedom / 2, 0.5);

/** The t beyond which, on both sides together, lies 1 − `confidence`. */
export const quantileOf = (confidence: number, freedom: number): number => {
  let [low, high] = [0, 1e4];
  for (let i = 0; i < 80; i += 1) {
    const middle = (low + high) / 2;
    if (twoSided(middle, freedom) > 1 - confidence) low = middle;
    else high = middle;
  }
  return high;
};
