/** The nearest-rank quantile of sorted values, rounded to microseconds of a millisecond figure; null of none. */
export const quantile = (sorted: ArrayLike<number>, share: number): number | null => {
  if (sorted.length === 0) return null;
  const rank = Math.max(1, Math.ceil(share * sorted.length - 1e-9));
  return Math.round((sorted[rank - 1] ?? 0) * 1000) / 1000;
};

/** A copy in ascending order. */
export const ascending = (values: readonly number[]): Float64Array => Float64Array.from(values).sort();

/** Index of the first element that is not below `value`, in an ascending array. */
export const firstAtLeast = (sorted: ArrayLike<number>, value: number): number => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
};
