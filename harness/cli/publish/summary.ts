import { escape } from '../../../reports/renderers/markdown/index.ts';
import { summaryText } from '../../../reports/comparison/index.ts';
import type { Compared } from './compared.ts';

/** A job summary holds 1 MiB; more is refused as a whole. The rest of it is for what others write. */
const mostBytes = 900_000;

export type SummaryParts = {
  /** The night as Markdown. */
  readonly night: string;
  readonly compared: readonly Compared[];
  /** Comparisons that regressed, as Markdown, by stack. */
  readonly regressions: ReadonlyMap<string, string>;
  /** Reports of the runs that are not as expected, as Markdown, by stack. */
  readonly reports: ReadonlyMap<string, string>;
};

const signs = { 'NO REGRESSION': '✅', REGRESSION: '❌', 'NOT COMPARABLE': '❔' } as const;

const comparedLine = ({ run, comparison, why }: Compared): string => {
  if (comparison === null) return `- ${escape(run.stack)}: not compared: ${escape(why ?? '')}`;
  const { verdict, before } = comparison;
  const against = `${before.label}, ${before.runs === 1 ? '1 run' : `${before.runs} runs`}`;
  const reasons = verdict === 'NOT COMPARABLE' ? `: ${comparison.reasons.join('; ')}` : '';
  return `- ${escape(run.stack)}: ${signs[verdict]} ${verdict.toLowerCase()} (${escape(against)}): ${escape(summaryText(comparison) + reasons)}`;
};

const folded = (title: string, content: string): string =>
  `<details><summary>${escape(title)}</summary>\n\n${content.trim()}\n\n</details>`;

/**
 * The summary of a job, the most important first: regressions, the night, what was compared with what, the reports of what is not as
 * expected. What has no room is left out and said. Pure.
 */
export const summaryOf = ({ night, compared, regressions, reports }: SummaryParts): string => {
  const parts = [
    ...regressions.values(),
    night,
    ...(compared.length === 0 ? [] : [`### Since the baseline\n\n${compared.map(comparedLine).join('\n')}`]),
    ...[...reports].map(([stack, text]) => folded(`The report of ${stack}`, text)),
  ].map((part) => `${part.trim()}\n`);
  const kept: string[] = [];
  let bytes = 0;
  for (const part of parts) {
    bytes += Buffer.byteLength(part) + 1;
    if (bytes <= mostBytes) kept.push(part);
  }
  const gone = parts.length - kept.length;
  if (gone > 0)
    kept.push(`${gone === 1 ? 'One part has' : `${gone} parts have`} no room here: see the artefacts of this job.\n`);
  return kept.join('\n');
};
