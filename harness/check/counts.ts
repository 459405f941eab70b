import type { Counts } from '../model/index.ts';
import type { Judged } from './attempt.ts';

/** Attempts and distinct clusters, by verdict. */
export const count = (judged: readonly Judged[]): Counts => {
  const tally = { refused: 0, admitted: 0, indeterminate: 0 };
  const clusters = new Set<string>();
  for (const { verdict, cluster } of judged) {
    tally[verdict] += 1;
    clusters.add(cluster);
  }
  return { attempts: judged.length, clusters: clusters.size, ...tally };
};

/** Clusters of which something is known, and those with an admission: one admission on a connection makes it admitted. */
export const countClusters = (
  judged: readonly Judged[],
): { readonly determinate: number; readonly admitted: number } => {
  const determinate = new Set<string>();
  const admitted = new Set<string>();
  for (const { verdict, cluster } of judged) {
    if (verdict !== 'indeterminate') determinate.add(cluster);
    if (verdict === 'admitted') admitted.add(cluster);
  }
  return { determinate: determinate.size, admitted: admitted.size };
};

/** Items by a key, in the order in which the keys were first seen. */
export const groupBy = <T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
};
