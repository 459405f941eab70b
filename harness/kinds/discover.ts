import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HoldfastError } from '../model/index.ts';
import type { Action, Check, EvidenceKind, Kinds, Observer, Sender } from '../model/index.ts';

/** Where the kinds of a sort lie: folders with a file of that name, or (`null`) files; and what they export. */
const sorts = {
  senders: { file: 'recipe.ts', exported: 'sender' },
  actions: { file: 'op.ts', exported: 'action' },
  observers: { file: 'record.ts', exported: 'observer' },
  checks: { file: 'check.ts', exported: 'check' },
  evidence: { file: null, exported: 'evidence' },
} as const;

/** Checks lie beside the observer whose records they read. */
const folderOf = (sort: keyof typeof sorts): string => (sort === 'checks' ? 'observers' : sort);

/**
 * The pure parts of all kinds below the folders, by id: those of a later folder beside those of an earlier one. Loads their code.
 * Throws `bad-input` with the file where a kind is not named as its folder, exports no such thing, or is there twice.
 */
export const discoverKinds = async (...roots: readonly string[]): Promise<Kinds> => {
  const from = [import.meta.dirname, ...roots];
  const of = <T extends { readonly id: string }>(sort: keyof typeof sorts): Promise<ReadonlyMap<string, T>> =>
    discover<T>(from, sort);
  const [senders, actions, observers, evidence, checks] = await Promise.all([
    of<Sender>('senders'),
    of<Action>('actions'),
    of<Observer>('observers'),
    of<EvidenceKind>('evidence'),
    of<Check>('checks'),
  ]);
  return { senders, actions, observers, evidence, checks };
};

/** The ids of the checks below the folders, which are the names of theirs. Loads no code. */
export const checkIds = (...roots: readonly string[]): readonly string[] =>
  [import.meta.dirname, ...roots].flatMap((root) => filesOf(root, 'checks').map(({ id }) => id));

/** The file of a kind that has effects, in the same folder as its pure part; null where there is none. */
export const effectsOf = (
  sort: 'senders' | 'actions' | 'observers',
  id: string,
  name: string,
  roots: readonly string[] = [],
): URL | null => {
  const file = [import.meta.dirname, ...roots].map((root) => join(root, sort, id, name)).findLast(existsSync);
  return file === undefined ? null : pathToFileURL(file);
};

const discover = async <T extends { readonly id: string }>(
  roots: readonly string[],
  sort: keyof typeof sorts,
): Promise<ReadonlyMap<string, T>> => {
  const found = new Map<string, T>();
  for (const { id, file } of roots.flatMap((root) => filesOf(root, sort))) {
    const { exported } = sorts[sort];
    const refuse = (what: string, hint: string, cause?: unknown): never => {
      throw new HoldfastError('bad-input', what, { hint, place: { file }, cause });
    };
    const module = (await import(pathToFileURL(file).href).catch((cause: unknown) =>
      refuse(`expected a module that loads, found: ${String(cause)}`, 'see harness/kinds/README.md', cause),
    )) as Readonly<Record<string, T | undefined>>;
    const kind = module[exported];
    if (kind?.id !== id)
      refuse(`expected "${exported}" with the id "${id}", found ${kind?.id ?? 'none'}`, 'name it as its folder');
    if (found.has(id))
      refuse(`expected one of ${sort} with the id "${id}", found another one`, 'rename one of the two');
    found.set(id, kind!);
  }
  return found;
};

const filesOf = (root: string, sort: keyof typeof sorts): readonly { readonly id: string; readonly file: string }[] => {
  const folder = join(root, folderOf(sort));
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const { file } = sorts[sort];
  if (file === null)
    return entries.flatMap(({ name }) =>
      /^[a-z][a-z0-9-]*\.ts$/.test(name) && !name.endsWith('.test.ts')
        ? [{ id: name.slice(0, -3), file: join(folder, name) }]
        : [],
    );
  return entries
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, file)))
    .map(({ name }) => ({ id: name, file: join(folder, name, file) }));
};
