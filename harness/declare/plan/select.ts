import { matchesGlob } from 'node:path';
import type { AttackMeta } from '../../model/index.ts';

/** What was asked before: a schedule asks the same of each form, and the glob is read anew each time. */
const known = new Map<string, boolean>();

const matches = (glob: string, name: string): boolean => {
  const key = `${glob}\0${name}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = matchesGlob(name, glob);
  known.set(key, found);
  return found;
};

/** True where one of the globs matches the name. Pure. */
export const matchesSome = (globs: readonly string[], name: string): boolean =>
  globs.some((glob) => matches(glob, name));

/** True where one of the globs matches the attack's id or its name: `M3`, `M*`, `refuses-*`, `{E1,E2}`. Pure. */
export const selects = (globs: readonly string[], { id, name }: Pick<AttackMeta, 'id' | 'name'>): boolean =>
  [id, name, `${id}-${name}`].some((one) => matchesSome(globs, one));
