import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { HoldfastError } from '../harness/model/index.ts';
import type { Report } from '../harness/model/index.ts';
import { discoverFormats } from './discover.ts';
import type { Asset, Format } from './formats/index.ts';

const readAsset = async (format: Format, path: string): Promise<Asset> => {
  const url = path.startsWith('./')
    ? new URL(`./formats/${format.id}/${path}`, import.meta.url).href
    : import.meta.resolve(path);
  const text = await readFile(new URL(url), 'utf8');
  return { text, sha256: createHash('sha256').update(text).digest('base64') };
};

/** The assets that a format declares, read from its folder and from installed packages. */
export const loadAssets = async (format: Format): Promise<Readonly<Record<string, Asset>>> =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(format.assets ?? {}).map(async ([name, path]) => [name, await readAsset(format, path)] as const),
    ),
  );

/**
 * A report in the format of that id. `colour` and `columns` matter to formats for a terminal only.
 * Throws `usage` where there is no such format.
 */
export const renderReport = async (
  report: Report,
  id: string,
  terminal: { readonly colour?: boolean; readonly columns?: number } = {},
): Promise<string | Uint8Array> => {
  const formats = await discoverFormats();
  const format = formats.get(id);
  if (format === undefined)
    throw new HoldfastError('usage', `expected a format of ${[...formats.keys()].join(', ')}, got "${id}"`, {
      hint: 'holdfast report RUN --format html',
    });
  return format.render(report, {
    assets: await loadAssets(format),
    colour: terminal.colour ?? false,
    columns: terminal.columns ?? 100,
  });
};
