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
export const quantileOfHistogram = (histogram: Histogram, share: number): number | null =>
  quantileOfDrawn([histogram], share)([0]);

/**
 * The same of any of `histograms` together, by their indices, each as often as it is drawn. What all draws share is done once: a bootstrap
 * draws hundreds of times.
 */
export const quantileOfDrawn = (
  histograms: readonly Histogram[],
  share: number,
): ((drawn: readonly number[]) => number | null) => {
  const bins = [...new Set(histograms.flatMap((histogram) => [...histogram.keys()]))].toSorted((a, b) => a - b);
  const places = new Map(bins.map((bin, place) => [bin, place]));
  const counted = histograms.map((histogram) =>
    [...histogram].map(([bin, count]) => [places.get(bin)!, count] as const),
  );
  return (drawn) => {
    const counts = new Float64Array(bins.length);
    let total = 0;
    for (const index of drawn)
      for (const [place, count] of counted[index]!) {
        counts[place]! += count;
        total += count;
      }
    const rank = Math.max(1, Math.ceil(share * total - 1e-9));
    let seen = 0;
    const place = counts.findIndex((count) => (seen += count) >= rank);
    return place === -1 ? null : histogramScale.firstMs * histogramScale.growth ** (bins[place]! + 0.5);
  };
};
