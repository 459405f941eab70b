import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Asset } from './renderers/html/index.ts';

const readAsset = async (path: string): Promise<Asset> => {
  const url = new URL(path.startsWith('.') ? path : import.meta.resolve(path), import.meta.url);
  const text = await readFile(url, 'utf8');
  return { text, sha256: createHash('sha256').update(text).digest('base64') };
};

/** What is inlined, by name: from paths in this folder (`./renderers/html/style.css`), or inside a package (`uplot/dist/uPlot.min.css`). */
export const readAssets = async (paths: Readonly<Record<string, string>>): Promise<Readonly<Record<string, Asset>>> =>
  Object.fromEntries(
    await Promise.all(Object.entries(paths).map(async ([name, path]) => [name, await readAsset(path)] as const)),
  );
