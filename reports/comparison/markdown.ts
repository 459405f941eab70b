import type { Comparison, ComparisonLine, FileDifference } from '../../harness/model/index.ts';
import { code, escape, table } from '../formats/markdown/index.ts';
import { startedText, visibleLines } from '../text/index.ts';
import {
  byReason,
  chanceText,
  comparisonMeaning,
  gateText,
  measuredText,
  nameText,
  partsOf,
  quietText,
  ratioText,
  sideText,
  summaryText,
} from './text.ts';

const signs: Readonly<Record<Comparison['verdict'], string>> = {
  'NO REGRESSION': '✅',
  REGRESSION: '❌',
  'NOT COMPARABLE': '❔',
};

const rows = (lines: readonly ComparisonLine[]): string =>
  table(
    ['What', '>Before', '>After', '>After ÷ before', '>p (corrected)', 'Why'],
    lines.map((line) => [
      escape(nameText(line)),
      escape(measuredText(line, line.before)),
      escape(measuredText(line, line.after)),
      ratioText(line) ?? '',
      escape(chanceText(line.pAdjusted) ?? ''),
      escape(line.why),
    ]),
  );

const section = (title: string, lines: readonly ComparisonLine[]): string =>
  lines.length === 0 ? '' : `### ${title}\n\n${rows(lines)}`;

const folded = (summary: string, content: string): string =>
  `<details><summary>${escape(summary)}</summary>\n\n${content}\n\n</details>`;

/** A text as a block of code whose fence is longer than any run of backticks in it. */
const block = (text: string, language: string): string => {
  const plain = visibleLines(text);
  const longest = Math.max(2, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${plain}\n${fence}`;
};

const fileDetails = ({ file, diff, cut }: FileDifference): string =>
  folded(`${file}${cut ? ' (the beginning)' : ''}`, block(diff, 'diff'));

const notCompared = (lines: readonly ComparisonLine[], reasons: readonly string[]): string =>
  lines.length === 0
    ? ''
    : `### Not comparable\n\n${byReason(lines, reasons)
        .map(([why, of]) => `- ${escape(why)}: ${of.map(({ id }) => code(id)).join(', ')}`)
        .join('\n')}`;

const differs = ({ context, files, filesUnknown }: Comparison): string =>
  context.length + files.length === 0
    ? 'Nothing differs beside what was measured.'
    : [
        '### What else differs',
        context.length === 0
          ? ''
          : table(
              ['What', 'Before', 'After', 'Which means'],
              context.map(({ what, before, after, consequence }) => [
                escape(what),
                code(before ?? ''),
                code(after ?? ''),
                escape(consequence ?? ''),
              ]),
            ),
        ...files.map(fileDetails),
        filesUnknown === null ? '' : escape(filesUnknown),
      ]
        .filter((part) => part !== '')
        .join('\n\n');

/** A comparison for a comment on a pull request, or the summary of a CI job. */
export const markdown = (comparison: Comparison): string => {
  const { stopped, warned, improved, notComparable, noise, unchanged } = partsOf(comparison);
  const { verdict, before, after } = comparison;
  return (
    [
      `## ${signs[verdict]} Holdfast: ${verdict.toLowerCase()}`,
      `${comparisonMeaning[verdict]} ${escape(summaryText(comparison))}.`,
      `Before: ${escape(sideText(before))}, ${startedText(before.posture.startedAt)}. After: ${escape(sideText(after))}, ${startedText(after.posture.startedAt)}.`,
      section('Worse', stopped),
      section('Worse, and let pass by the gate', warned),
      section('Better', improved),
      notCompared(notComparable, comparison.reasons),
      differs(comparison),
      noise.length + unchanged.length === 0
        ? ''
        : folded(
            quietText(comparison),
            [noise, unchanged]
              .filter(({ length }) => length > 0)
              .map(rows)
              .join('\n\n'),
          ),
      `<sub>${escape(gateText(comparison))} · holdfast ${escape(comparison.harness)}</sub>`,
    ]
      .filter((part) => part !== '')
      .join('\n\n') + '\n'
  );
};
