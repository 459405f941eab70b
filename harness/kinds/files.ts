import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { HoldfastError } from '../model/index.ts';

/** Where the kinds of a sort lie: folders with a file of that name, or (`null`) files; and what they export. */
export const sorts = {
  senders: { file: 'recipe.ts', exported: 'sender' },
  actions: { file: 'op.ts', exported: 'action' },
  observers: { file: 'record.ts', exported: 'observer' },
  checks: { file: 'check.ts', exported: 'check' },
  evidence: { file: null, exported: 'evidence' },
} as const;
export type Sort = keyof typeof sorts;

/** A kind by the name that its folder, or its file, has. */
type Found = { readonly id: string; readonly file: string };

/** Checks lie beside the observer whose records they read. */
const folderOf = (sort: Sort): string => (sort === 'checks' ? 'observers' : sort);

/** What lies beside kinds and is none. */
const isBeside = (name: string): boolean =>
  name === 'support' || name === 'README.md' || name.startsWith('.') || name.endsWith('.test.ts');

const isId = (name: string): boolean => /^[a-z][a-z0-9-]*$/.test(name);

/** The kinds of a sort below a folder, by name. Throws `bad-input` for what is none, for nobody would look at it. */
export const filesOf = (root: string, sort: Sort): readonly Found[] => {
  const folder = join(root, folderOf(sort));
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !isBeside(name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const refuse = (name: string, expected: string): never => {
    throw new HoldfastError('bad-input', `expected ${expected} in ${folderOf(sort)}, found "${name}"`, {
      hint: 'see harness/kinds/README.md: rename it, or move it to "support"',
      place: { file: join(folder, name) },
    });
  };
  const { file } = sorts[sort];
  return entries.flatMap((entry): readonly Found[] => {
    const { name } = entry;
    if (file === null) {
      const id = name.slice(0, -'.ts'.length);
      return entry.isFile() && name === `${id}.ts` && isId(id)
        ? [{ id, file: join(folder, name) }]
        : refuse(name, 'a file <id>.ts, its id in lower case with dashes,');
    }
    if (!entry.isDirectory() || !isId(name)) return refuse(name, 'a folder named as an id, in lower case with dashes,');
    const own = join(folder, name, file);
    if (existsSync(own)) return [{ id: name, file: own }];
    // Beside an observer a check need not lie, nor the other way round.
    const others = sort === 'observers' ? [sorts.checks.file] : sort === 'checks' ? [sorts.observers.file] : [];
    return others.some((one) => existsSync(join(folder, name, one)))
      ? []
      : refuse(name, `a folder with ${[file, ...others].join(' or ')}`);
  });
};
