import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { HoldfastError } from '../../model/index.ts';

/** Names of the plugin folders in `parent`, sorted; none where `parent` does not exist. A stray file is not a plugin. */
export const pluginFolders = (parent: string): readonly string[] =>
  existsSync(parent)
    ? readdirSync(parent, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
        .toSorted()
    : [];

/** Order of ids as people count: E2 before E12. */
export const byId = (a: string, b: string): number => {
  const [, letters = a, digits = '0'] = /^([A-Za-z-]+)(\d+)$/.exec(a) ?? [];
  const [, others = b, more = '0'] = /^([A-Za-z-]+)(\d+)$/.exec(b) ?? [];
  if (letters !== others) return letters < others ? -1 : 1;
  return Number(digits) - Number(more) || (a < b ? -1 : a > b ? 1 : 0);
};

/** The file of a plugin. Throws `bad-input` where it is missing: half a plugin is a mistake, not a choice. */
export const requireFile = (folder: string, name: string, what: string): string => {
  const file = join(folder, name);
  if (!existsSync(file)) {
    throw new HoldfastError('bad-input', `expected ${what} in every plugin folder, found none`, {
      hint: 'add it, or remove the folder',
      place: { file },
    });
  }
  return file;
};
