import { statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { HoldfastError } from '../../model/index.ts';
import type { ByHand } from '../../model/index.ts';
import { nearest, readYamlDocument } from '../yaml/index.ts';
import { discoverAttackMetas } from './attacks.ts';
import { pluginFolders, requireFile } from './folders.ts';
import { projectRoot } from './root.ts';

/** A known weakness, and the overlay (absolute folder) that puts it into a stack. */
export type Sabotage = {
  readonly id: string;
  readonly title: string;
  /** What no longer holds, in one sentence. */
  readonly weakens: string;
  readonly stacks: readonly string[];
  /** Ids of the attacks that must notice, each of them. */
  readonly caughtBy: readonly string[];
  readonly sources: readonly string[];
  /** Null where all of it is done by hand. */
  readonly overlay: string | null;
  /** What is changed while the stack runs; null where nothing is. */
  readonly byHand: ByHand | null;
};

const text = z.string().trim().min(1);

const schema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'expected lower-case letters, digits and dashes'),
  title: text,
  weakens: text,
  stacks: z.array(text).min(1),
  caughtBy: z.array(text).min(1),
  sources: z.array(text),
  byHand: z
    .array(
      z.union([
        z.strictObject({ service: text, exec: z.array(z.string()).min(1) }),
        z.strictObject({ service: text, restart: z.literal(true) }),
      ]),
    )
    .min(1)
    .optional(),
});

/**
 * The sabotages of all products, `fixtures/products/<product>/sabotage/<id>`, in the order of their ids. Throws `bad-input` for a
 * wrong file, a folder of another name, an id that two products have, an attack or a stack that does not exist, or a missing overlay.
 */
export const discoverSabotages = (root: string = projectRoot): readonly Sabotage[] => {
  const attacks = [...discoverAttackMetas(root).keys()];
  const rooms = pluginFolders(join(root, 'fixtures/products')).map((id) =>
    join(root, 'fixtures/products', id, 'sabotage'),
  );
  const folders = rooms.flatMap((room) => pluginFolders(room).map((name) => ({ name, folder: join(room, name) })));
  return folders.toSorted(byName).map(({ name, folder }, i, all) => {
    const { value, placeOf } = readYamlDocument(requireFile(folder, 'sabotage.yaml', 'a sabotage.yaml'), schema);
    const refuse = (path: readonly PropertyKey[], expected: string, found: string, hint: string): never => {
      throw new HoldfastError('bad-input', `expected ${expected}, found ${found}`, { hint, place: placeOf(path) });
    };
    if (value.id !== name) refuse(['id'], `the id of the folder, ${name}`, value.id, 'make the two agree');
    if (all[i + 1]?.name === name) refuse(['id'], 'each id once', `${name} of two products`, 'rename one of the two');
    value.caughtBy.forEach((id, i) => {
      if (!attacks.includes(id)) refuse(['caughtBy', i], 'the id of an attack', `"${id}"`, suggestion(id, attacks));
    });
    const stacks = pluginFolders(join(root, 'fixtures/stacks'));
    value.stacks.forEach((id, i) => {
      if (!stacks.includes(id)) refuse(['stacks', i], 'the id of a stack', `"${id}"`, suggestion(id, stacks));
    });
    const { byHand: steps, ...rest } = value;
    const overlay = folderOf(folder, 'overlay');
    if (overlay === null && steps === undefined) {
      refuse([], 'a folder "overlay" beside this file', 'none', 'put the files that weaken the stack there');
    }
    const byHand = steps === undefined ? null : { overlay: folderOf(folder, 'by-hand'), steps };
    return { ...rest, overlay, byHand };
  });
};

const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : 0;

const folderOf = (parent: string, name: string): string | null =>
  statSync(join(parent, name), { throwIfNoEntry: false })?.isDirectory() === true ? join(parent, name) : null;

const suggestion = (word: string, known: readonly string[]): string => {
  const near = nearest(word, known);
  return near === undefined ? `known: ${known.join(', ') || 'none'}` : `did you mean "${near}"?`;
};
