import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { harnessLosses, HoldfastError } from '../model/index.ts';
import { filesOf, sorts } from './files.ts';
import type { Sort } from './files.ts';
import { faultOfKind } from './shape.ts';
import type { Action, Check, EvidenceKind, Kinds, Observer, Sender } from '../model/index.ts';

/**
 * The pure parts of all kinds below the folders, by id: those of a later folder beside those of an earlier one. Loads their code.
 * Throws `bad-input` with the file where a kind is not named as its folder, lacks what its type asks for, or is there twice,
 * where a transport has two senders, and where something lies beside kinds that is none.
 */
export const discoverKinds = async (...roots: readonly string[]): Promise<Kinds> => {
  const from = [import.meta.dirname, ...roots];
  const of = <T extends { readonly id: string }>(sort: Sort): Promise<ReadonlyMap<string, T>> =>
    discover<T>(from, sort);
  const [senders, actions, observers, evidence, checks] = await Promise.all([
    of<Sender>('senders'),
    of<Action>('actions'),
    of<Observer>('observers'),
    of<EvidenceKind>('evidence'),
    of<Check>('checks'),
  ]);
  expectOneSender(senders);
  return { senders, actions, observers, evidence, checks };
};

/** It would be chance which of two sends it. */
const expectOneSender = (senders: ReadonlyMap<string, Sender>): void => {
  const by = new Map<string, string>();
  for (const { id, transports } of senders.values())
    for (const transport of transports) {
      const other = by.get(transport);
      if (other !== undefined)
        throw new HoldfastError('bad-input', `expected one sender of "${transport}", found ${other} and ${id}`, {
          hint: 'give it another name in transports.ts of one of the two',
        });
      by.set(transport, id);
    }
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
  sort: Sort,
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
    if (sort === 'observers' && harnessLosses.has(id))
      refuse(
        `expected an observer with an id of its own, found "${id}", as the harness calls what it loses itself`,
        'rename it',
      );
    const fault = faultOfKind(sort, kind);
    if (fault !== null)
      refuse(
        `expected what the type of "${exported}" asks for, found ${fault}`,
        'see its type in harness/model/contract.ts',
      );
    if (found.has(id))
      refuse(`expected one of ${sort} with the id "${id}", found another one`, 'rename one of the two');
    found.set(id, kind!);
  }
  return found;
};
