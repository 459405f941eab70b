import { HoldfastError } from '../../harness/model/index.ts';
import type { Trend } from '../../harness/trend/index.ts';
import { readAssets } from '../assets.ts';
import { trendAssets, trendPage } from './html/index.ts';
import { terminal } from './terminal.ts';

/** Formats of a trend. */
export const trendFormats = ['html', 'json', 'terminal'] as const;

/**
 * A trend in a format. `base` leads from the page to the folder of the nights (empty, or with a slash at its end) and matters to
 * `html`; `colour` and `columns` to `terminal`. Throws `usage` where there is no such format.
 */
export const renderTrend = async (
  trend: Trend,
  format: string,
  {
    base = '',
    colour = false,
    columns = 100,
  }: { readonly base?: string; readonly colour?: boolean; readonly columns?: number } = {},
): Promise<string> => {
  switch (format) {
    case 'html':
      return trendPage(trend, await readAssets(new URL('./html/', import.meta.url), trendAssets), base).text;
    case 'json':
      return `${JSON.stringify(trend)}\n`;
    case 'terminal':
      return terminal(trend, { colour, columns });
    default:
      throw new HoldfastError('usage', `expected a format of ${trendFormats.join(', ')}, got "${format}"`, {
        hint: 'holdfast trend DIR --format json',
      });
  }
};
