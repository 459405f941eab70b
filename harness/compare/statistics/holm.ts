/** p values corrected for having asked so many questions at once, in their order. Source: Holm, Scand. J. Statist. 6 (1979). */
export const holm = (ps: readonly number[]): readonly number[] => {
  const order = ps.map((_, i) => i).toSorted((a, b) => ps[a]! - ps[b]!);
  const adjusted = ps.map(() => 1);
  let largest = 0;
  order.forEach((at, rank) => {
    largest = Math.max(largest, Math.min(1, ps[at]! * (ps.length - rank)));
    adjusted[at] = largest;
  });
  return adjusted;
};
