import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { HoldfastError } from '../../harness/model/index.ts';
import type { Comparison } from '../../harness/model/index.ts';
import type { Asset } from '../formats/index.ts';
import { page, pageAssets } from './html/index.ts';
import { markdown } from './markdown.ts';
import { serialiseComparison } from './read.ts';
import { terminal } from './terminal.ts';

/** Formats of a comparison, by the names under which `holdfast report` knows those of a report, and their extensions. */
export const comparisonFormats = { html: 'html', json: 'json', markdown: 'md', terminal: 'txt' } as const;

const isRelative = (path: string): boolean => path.startsWith('.');

/** What the page inlines, read from its folder and from installed packages. */
export const comparisonAssets = async (): Promise<Readonly<Record<string, Asset>>> =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(pageAssets).map(async ([name, path]) => {
        const url = isRelative(path)
          ? new URL(path, new URL('./html/', import.meta.url))
          : new URL(import.meta.resolve(path));
        const text = await readFile(url, 'utf8');
        return [name, { text, sha256: createHash('sha256').update(text).digest('base64') }] as const;
      }),
    ),
  );

/**
 * A comparison in a format. `colour`, `columns` and `verbose` (which lists what is unchanged or noise as well) matter to `terminal`
 * alone. Throws `usage` where there is no such format.
 */
export const renderComparison = async (
  comparison: Comparison,
  format: string,
  options: { readonly colour?: boolean; readonly columns?: number; readonly verbose?: boolean } = {},
): Promise<string> => {
  const { colour = false, columns = 100, verbose = false } = options;
  switch (format) {
    case 'html':
      return page(comparison, await comparisonAssets()).text;
    case 'json':
      return serialiseComparison(comparison);
    case 'markdown':
      return markdown(comparison);
    case 'terminal':
      return terminal(comparison, { colour, columns, verbose });
    default:
      throw new HoldfastError(
        'usage',
        `expected a format of ${Object.keys(comparisonFormats).join(', ')}, got "${format}"`,
        { hint: 'holdfast compare BEFORE AFTER --format markdown' },
      );
  }
};
