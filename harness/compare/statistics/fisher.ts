/** Of so many, so many. */
export type Share = { readonly count: number; readonly of: number };

/** ln of n!, by table: exact to the last bits for the counts of a run. */
const logFactorials = (n: number): Float64Array => {
  const table = new Float64Array(n + 1);
  for (let i = 2; i <= n; i += 1) table[i] = table[i - 1]! + Math.log(i);
  return table;
};

/**
 * Fisher's exact test of two shares, two-sided: the probability, both being draws from one population, of tables that are no likelier
 * than the one found. 1 where a side has none. Source: Fisher, J. R. Stat. Soc. 85 (1922); two-sided as in R's `fisher.test`.
 */
export const fisherExact = (a: Share, b: Share): number => {
  const total = a.of + b.of;
  if (a.of === 0 || b.of === 0) return 1;
  const hits = a.count + b.count;
  const f = logFactorials(total);
  const fixed = f[hits]! + f[total - hits]! + f[a.of]! + f[b.of]! - f[total]!;
  const log = (k: number): number => fixed - f[k]! - f[hits - k]! - f[a.of - k]! - f[b.of - hits + k]!;
  const found = log(a.count);
  let p = 0;
  for (let k = Math.max(0, hits - b.of); k <= Math.min(hits, a.of); k += 1) {
    // Equal tables differ by rounding.
    if (log(k) <= found + 1e-7) p += Math.exp(log(k));
  }
  return Math.min(1, p);
};
