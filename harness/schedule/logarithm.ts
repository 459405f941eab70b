const ln2 = 0.6931471805599453;

/**
 * Natural logarithm of a number above 0, to about 1e-15, from the four operations alone. Math.log may differ in its last
 * bit between engines and processors (ECMA-262 leaves it to them); a schedule must have the same bytes on all of them.
 */
export const ln = (x: number): number => {
  let mantissa = x;
  let exponent = 0;
  while (mantissa > 1.5) {
    mantissa /= 2;
    exponent++;
  }
  while (mantissa < 0.75) {
    mantissa *= 2;
    exponent--;
  }
  // ln m = 2 artanh((m - 1) / (m + 1)), with |z| at most 1/5.
  const z = (mantissa - 1) / (mantissa + 1);
  const square = z * z;
  let term = z;
  let sum = 0;
  for (let k = 1; k < 40; k += 2) {
    sum += term / k;
    term *= square;
  }
  return 2 * sum + exponent * ln2;
};
