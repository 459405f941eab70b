import { histogramScale } from '../../check/index.ts';

/** Counts by bin (see LatencyBlock). */
export type Histogram = ReadonlyMap<number, number>;

/** A histogram as it stands in a report: `BIN:COUNT` with spaces between. */
export const parseHistogram = (text: string): Histogram =>
  new Map(text === '' ? [] : text.split(' ').map((pair) => pair.split(':').map(Number) as [number, number]));

/** The same as text. */
export const writeHistogram = (histogram: Histogram): string =>
  [...histogram]
    .toSorted(([a], [b]) => a - b)
    .map(([bin, count]) => `${bin}:${count}`)
    .join(' ');

/** All of them together. */
export const merge = (histograms: readonly Histogram[]): Histogram => {
  const sum = new Map<number, number>();
  for (const histogram of histograms) for (const [bin, count] of histogram) sum.set(bin, (sum.get(bin) ?? 0) + count);
  return sum;
};

/** The nearest-rank quantile in ms, as the geometric middle of its bin; null of nothing. */
export const quantileOfHistogram = (histogram: Histogram, share: number): number | null => {
  const sorted = [...histogram].toSorted(([a], [b]) => a - b);
  const rank = Math.max(1, Math.ceil(share * sorted.reduce((sum, [, count]) => sum + count, 0) - 1e-9));
  let seen = 0;
  for (const [bin, count] of sorted) {
    seen += count;
    if (seen >= rank) return histogramScale.firstMs * histogramScale.growth ** (bin + 0.5);
  }
  return null;
};
