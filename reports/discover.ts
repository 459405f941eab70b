import { readdir } from 'node:fs/promises';
import { HoldfastError } from '../harness/model/index.ts';
import type { Format } from './formats/index.ts';

const folder = new URL('./formats/', import.meta.url);

const load = async (name: string): Promise<Format> => {
  const module = (await import(new URL(`${name}/format.ts`, folder).href)) as { format?: Format };
  if (module.format?.id !== name)
    throw new HoldfastError(
      'internal',
      `expected reports/formats/${name}/format.ts to export a format with the id "${name}", got ${JSON.stringify(module.format?.id ?? null)}`,
      {
        hint: 'see reports/formats/README.md',
      },
    );
  return module.format;
};

/** Every format, by id: each folder of `reports/formats` is one. Throws `internal` where a folder breaks the contract. */
export const discoverFormats = async (): Promise<ReadonlyMap<string, Format>> => {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return new Map(await Promise.all(names.map(async (name) => [name, await load(name)] as const)));
};
