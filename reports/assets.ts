import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Asset } from './formats/index.ts';

const readAsset = async (folder: URL, path: string): Promise<Asset> => {
  const url = path.startsWith('.') ? new URL(path, folder) : new URL(import.meta.resolve(path));
  const text = await readFile(url, 'utf8');
  return { text, sha256: createHash('sha256').update(text).digest('base64') };
};

/** What a page inlines, by name: from paths relative to its folder (`./style.css`), or inside a package (`uplot/dist/uPlot.min.css`). */
export const readAssets = async (
  folder: URL,
  paths: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, Asset>>> =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(paths).map(async ([name, path]) => [name, await readAsset(folder, path)] as const),
    ),
  );
