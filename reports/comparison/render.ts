import type { Comparison } from '../../harness/model/index.ts';
import { comparisonBrief, comparisonPage } from '../documents/comparison/index.ts';
import { show } from '../show.ts';
import type { ShowOptions } from '../show.ts';
import { serialiseComparison } from './read.ts';

/** Formats of a comparison, by the names under which `holdfast report` knows those of a report, and their extensions. */
export const comparisonFormats = { html: 'html', json: 'json', markdown: 'md', terminal: 'txt' } as const;

/**
 * A comparison in a format. `colour`, `columns` and `verbose` (which lists what is unchanged or noise as well) matter to `terminal`
 * alone. Throws `usage` where there is no such format.
 */
export const renderComparison = (comparison: Comparison, format: string, options: ShowOptions = {}): Promise<string> =>
  show(
    {
      html: () => comparisonPage(comparison),
      json: () => serialiseComparison(comparison),
      markdown: () => comparisonBrief(comparison),
      terminal: () => comparisonBrief(comparison),
    },
    format,
    options,
    'holdfast compare BEFORE AFTER --format markdown',
  );
