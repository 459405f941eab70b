import { versionOf } from '../compare/index.ts';
import type { Night } from './night.ts';

/** What changed from the night before: versions and digests of harness, images, plan, policy, configuration; the machine. */
export type Change = {
  readonly night: number;
  readonly what: string;
  readonly before: string | null;
  readonly after: string | null;
};

const shortDigest = (digest: string | undefined): string | null => digest?.slice(0, 12) ?? null;

/** Name → value of all that may be the cause of a difference. The schedule's digest is left out: it follows the seed. */
const identityOf = (night: Night): ReadonlyMap<string, string | null> =>
  new Map([
    ['harness', night.harness],
    ['narrowed with --only', night.only],
    ...Object.entries(night.versions)
      .filter(([name]) => name !== 'holdfast')
      .map(([name, version]) => [`version of ${name}`, versionOf(version)] as const),
    ...Object.entries(night.digests)
      .filter(([name]) => name !== 'schedule')
      .map(([name, digest]) => [`digest of ${name}`, shortDigest(digest)] as const),
    ['processors', String(night.machine.cpus)],
    ['memory', `${(night.machine.memoryBytes / 2 ** 30).toFixed(1)} GiB`],
  ]);

/** What changed between nights, oldest first. */
export const changesOf = (nights: readonly Night[]): readonly Change[] => {
  const identities = nights.map(identityOf);
  return identities.flatMap((after, night) => {
    const before = identities[night - 1];
    if (before === undefined) return [];
    const names = [...new Set([...before.keys(), ...after.keys()])].toSorted();
    return names.flatMap((what): readonly Change[] => {
      const [a, b] = [before.get(what) ?? null, after.get(what) ?? null];
      return a === b ? [] : [{ night, what, before: a, after: b }];
    });
  });
};
