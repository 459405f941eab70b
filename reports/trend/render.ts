import type { Trend } from '../../harness/trend/index.ts';
import { trendBrief, trendPage } from '../documents/trend/index.ts';
import { show } from '../show.ts';
import type { ShowOptions } from '../show.ts';

/** Formats of a trend. */
export const trendFormats = ['html', 'json', 'terminal'] as const;

/**
 * A trend in a format. `base` leads from the page to the folder of the nights (empty, or with a slash at its end) and matters to
 * `html`; `colour` and `columns` to `terminal`. Throws `usage` where there is no such format.
 */
export const renderTrend = (
  trend: Trend,
  format: string,
  { base = '', ...options }: ShowOptions & { readonly base?: string } = {},
): Promise<string> =>
  show(
    { html: () => trendPage(trend, base), json: () => `${JSON.stringify(trend)}\n`, terminal: () => trendBrief(trend) },
    format,
    options,
    'holdfast trend DIR --format json',
  );
