/** Long enough that one stall and its burst do not decide, short enough to lie within the overloaded end of a quick ramp. */
const windowMs = 1500;

/** The most good answers per second over 1.5 s, of the times in ms at which they came, in any order; 0 of none. */
export const throughputAtSaturation = (endsMs: readonly number[]): number => {
  const ends = Float64Array.from(endsMs).sort();
  let most = 0;
  for (let first = 0, last = 0; last < ends.length; last += 1) {
    while ((ends[last] ?? 0) - (ends[first] ?? 0) >= windowMs) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return Math.round((most * 1e5) / windowMs) / 100;
};
