import { HoldfastError } from '../../harness/model/index.ts';
import type { Comparison } from '../../harness/model/index.ts';
import { readAssets } from '../assets.ts';
import { page, pageAssets } from './html/index.ts';
import { markdown } from './markdown.ts';
import { serialiseComparison } from './read.ts';
import { terminal } from './terminal.ts';

/** Formats of a comparison, by the names under which `holdfast report` knows those of a report, and their extensions. */
export const comparisonFormats = { html: 'html', json: 'json', markdown: 'md', terminal: 'txt' } as const;

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
      return page(comparison, await readAssets(new URL('./html/', import.meta.url), pageAssets)).text;
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
