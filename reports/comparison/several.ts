import { HoldfastError } from '../../harness/model/index.ts';
import type { Comparison } from '../../harness/model/index.ts';
import { table } from '../document.ts';
import { blocksMarkdown } from '../renderers/markdown/index.ts';
import { painter, terminalBlocks } from '../renderers/terminal/index.ts';
import type { ShowOptions } from '../show.ts';
import { renderComparison } from './render.ts';
import { summaryText } from './text.ts';

/** Comparisons of several stacks, and the stacks that only one side has a run of. */
export type SeveralComparisons = {
  readonly comparisons: readonly Comparison[];
  readonly lost: readonly string[];
  readonly added: readonly string[];
};

const stackOf = ({ after }: Comparison): string => after.posture.stack;

/** A row for each stack: what came of it, in a few words. */
const rowsOf = ({ comparisons, lost, added }: SeveralComparisons): readonly (readonly string[])[] => [
  ...comparisons.map((one) => [stackOf(one), one.verdict, summaryText(one)]),
  ...lost.map((stack) => [stack, 'NOT COMPARABLE', 'there is no run of it on the side after']),
  ...added.map((stack) => [stack, 'NEW', 'there is no run of it on the side before']),
];

/**
 * Comparisons of several stacks as one text: a table, then each. A page shows one stack: render each with `renderComparison`.
 * Throws `usage` for `html`, and where there is no such format.
 */
export const renderComparisons = async (
  several: SeveralComparisons,
  format: string,
  options: ShowOptions = {},
): Promise<string> => {
  if (format === 'json') return `${JSON.stringify(several.comparisons, null, 2)}\n`;
  if (format === 'html')
    throw new HoldfastError('usage', 'expected a format that shows several stacks at once, got "html"', {
      hint: 'with --out NAME.html there is a page for each stack: NAME.STACK.html',
    });
  const each = await Promise.all(several.comparisons.map((one) => renderComparison(one, format, options)));
  const rows = table(['Stack', 'Verdict', { head: 'What', cuts: true }], rowsOf(several));
  const columns = options.columns ?? 100;
  const overview =
    format === 'terminal'
      ? terminalBlocks([rows], { paint: painter(options.colour ?? false), columns, verbose: false })
          .join('\n')
          .trimStart()
      : blocksMarkdown([rows]);
  return `${[overview, ...each.map((text) => text.trimEnd())].join('\n\n')}\n`;
};
