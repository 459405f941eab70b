/** Confidence of the one-sided bounds. */
const confidence = 0.95;

/**
 * One-sided 95% Clopper–Pearson upper bound on the admitted share, after `admitted` of `n` determinate attempts; null where
 * there were none. Without an admission it is 1 − 0.05^(1/n). Six significant digits, rounded up, so that a pass never rests
 * on the rounding. Source: Clopper and Pearson, Biometrika 26 (1934); as a beta quantile, Brown, Cai, DasGupta (2001).
 */
export const bound95 = (admitted: number, n: number): number | null => {
  if (n === 0) return null;
  if (admitted >= n) return 1;
  // expm1 keeps the digits that 1 − x loses where n is in the millions.
  if (admitted === 0) return roundUp(-Math.expm1(Math.log(1 - confidence) / n));
  let [low, high] = [admitted / n, 1];
  for (let i = 0; i < 100 && low < high; i += 1) {
    const middle = (low + high) / 2;
    if (regularisedBeta(middle, admitted + 1, n - admitted) < confidence) low = middle;
    else high = middle;
  }
  return roundUp(high);
};

const roundUp = (share: number): number => {
  const rounded = Number(share.toPrecision(6));
  if (rounded >= share) return rounded;
  const step = 10 ** (Math.floor(Math.log10(share)) - 5);
  return Number((rounded + step).toPrecision(6));
};

/** I_x(a, b), by the continued fraction (DLMF 8.17.22) with Lentz's method, on the side where it converges fast. */
export const regularisedBeta = (x: number, a: number, b: number): number => {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(1 - x, b, a)) / b;
};

const tiny = 1e-300;
const awayFromZero = (value: number): number => (Math.abs(value) < tiny ? tiny : value);

const fraction = (x: number, a: number, b: number): number => {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= 10_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    result *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return result;
};

const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** ln Γ(x) for x ≥ 1 (Lanczos, g = 7, nine terms). */
const logGamma = (x: number): number => {
  const z = x - 1;
  let sum = 0.99999999999980993;
  for (const [i, term] of lanczos.entries()) sum += term / (z + i + 1);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
};
