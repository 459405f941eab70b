import { attemptVerdicts } from '../model/index.ts';
import type { AttemptVerdict, Counts } from '../model/index.ts';
import type { Judged } from './judge.ts';

/** Attempts and distinct clusters, by verdict. */
export const count = (judged: readonly Judged[]): Counts => {
  const tally = Object.fromEntries(attemptVerdicts.map((verdict) => [verdict, 0])) as Record<AttemptVerdict, number>;
  const clusters = new Set<string>();
  for (const { verdict, cluster } of judged) {
    tally[verdict] += 1;
    clusters.add(cluster);
  }
  return { attempts: judged.length, clusters: clusters.size, ...tally };
};

/** Clusters of which something is known, and those that broke the claim: one attempt on a connection is enough. */
export const countClusters = (judged: readonly Judged[]): { readonly determinate: number; readonly broke: number } => {
  const determinate = new Set<string>();
  const broke = new Set<string>();
  for (const { verdict, cluster } of judged) {
    if (verdict !== 'indeterminate') determinate.add(cluster);
    if (breaks(verdict)) broke.add(cluster);
  }
  return { determinate: determinate.size, broke: broke.size };
};

/** Does one attempt with this verdict break the claim? */
export const breaks = (verdict: AttemptVerdict): boolean => verdict === 'admitted' || verdict === 'withheld';

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
