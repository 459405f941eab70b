import { matchesGlob } from 'node:path';
import type { AttackMeta } from '../../model/index.ts';

/** True where one of the globs matches the name. Pure. */
export const matchesSome = (globs: readonly string[], name: string): boolean =>
  globs.some((glob) => matchesGlob(name, glob));

/** True where one of the globs matches the attack's id or its name: `M3`, `M*`, `refuses-*`, `{E1,E2}`. Pure. */
export const selects = (globs: readonly string[], { id, name }: Pick<AttackMeta, 'id' | 'name'>): boolean =>
  [id, name, `${id}-${name}`].some((one) => matchesSome(globs, one));
