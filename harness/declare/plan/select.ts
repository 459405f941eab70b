import { matchesGlob } from 'node:path';
import type { AttackMeta } from '../../model/index.ts';

/** True where one of the globs matches the attack's id or its name: `M3`, `M*`, `refuses-*`, `{E1,E2}`. Pure. */
export const selects = (globs: readonly string[], { id, name }: Pick<AttackMeta, 'id' | 'name'>): boolean =>
  globs.some((glob) => matchesGlob(id, glob) || matchesGlob(name, glob) || matchesGlob(`${id}-${name}`, glob));
