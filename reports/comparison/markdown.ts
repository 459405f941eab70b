import { lineGroups } from '../../harness/model/index.ts';
import type {
  Comparison,
  ComparisonLine,
  ComparisonSide,
  FileDifference,
  Measured,
} from '../../harness/model/index.ts';
import { code, escape, escapeInTag, table } from '../formats/markdown/index.ts';
import { count, startedText, visibleLines } from '../text/index.ts';
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

/** A word may be anything, a number is a number. */
const value = (line: ComparisonLine, measured: Measured | null): string =>
  typeof measured?.value === 'string' ? escape(measured.value) : measuredText(line, measured);

const rows = (lines: readonly ComparisonLine[]): string =>
  table(
    ['What', '>Before', '>After', '>After ÷ before', '>p (corrected)', 'Why'],
    lines.map((line) => [
      escape(nameText(line)),
      value(line, line.before),
      value(line, line.after),
      ratioText(line) ?? '',
      (chanceText(line.pAdjusted) ?? '').replace('<', '&lt;'),
      escape(line.why),
    ]),
  );

/** More lines of a group than this are counted: a comment on a pull request has room for 65,536 characters. */
const mostLines = 12;

const section = (title: string, lines: readonly ComparisonLine[]): string => {
  if (lines.length === 0) return '';
  const groups = lineGroups.map((group) => ({ group, own: lines.filter((line) => line.group === group) }));
  const left = groups.flatMap(({ group, own }) =>
    own.length > mostLines ? [`${count(own.length - mostLines)} more ${group}`] : [],
  );
  return [
    `### ${title}`,
    rows(groups.flatMap(({ own }) => own.slice(0, mostLines))),
    ...(left.length > 0 ? [`And ${left.join(', ')}.`] : []),
  ].join('\n\n');
};

const folded = (summary: string, content: string): string =>
  `<details><summary>${escapeInTag(summary)}</summary>\n\n${content}\n\n</details>`;

/** A text as a block of code whose fence is longer than any run of backticks in it. */
const block = (text: string, language: string): string => {
  const plain = visibleLines(text);
  const longest = Math.max(2, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${plain}\n${fence}`;
};

/** More files, and more lines of the diff of one, are left to the page. */
const mostFiles = 8;
const mostDiffLines = 80;

const fileDetails = ({ file, diff, cut }: FileDifference): string => {
  const lines = diff.split('\n');
  return folded(
    `${file}${cut || lines.length > mostDiffLines ? ' (the beginning)' : ''}`,
    block(lines.slice(0, mostDiffLines).join('\n'), 'diff'),
  );
};

const filesDetails = (files: Comparison['files']): readonly string[] => [
  ...files.slice(0, mostFiles).map(fileDetails),
  ...(files.length > mostFiles ? [`And ${count(files.length - mostFiles)} more files.`] : []),
];

/** Open where the verdict rests on it, else folded. */
const notCompared = (lines: readonly ComparisonLine[], { verdict, reasons }: Comparison): string => {
  const list = byReason(lines, reasons)
    .map(([why, of]) => `- ${escape(why)}: ${of.map(({ id }) => code(id)).join(', ')}`)
    .join('\n');
  if (lines.length === 0) return '';
  return verdict === 'NOT COMPARABLE'
    ? `### Not comparable\n\n${list}`
    : folded(`Not comparable: ${count(lines.length)} ${lines.length === 1 ? 'line' : 'lines'}`, list);
};

const differs = ({ context, files, filesUnknown }: Comparison): string =>
  context.length + files.length === 0 && filesUnknown === null
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
        ...filesDetails(files),
        filesUnknown === null ? '' : escape(filesUnknown),
      ]
        .filter((part) => part !== '')
        .join('\n\n');

const side = (one: ComparisonSide): string => `${escape(sideText(one))}, ${escape(startedText(one.posture.startedAt))}`;

/** A comparison for a comment on a pull request, or the summary of a CI job. */
export const markdown = (comparison: Comparison): string => {
  const { stopped, warned, improved, notComparable, noise, unchanged } = partsOf(comparison);
  const { verdict, before, after } = comparison;
  return (
    [
      `## ${signs[verdict]} Holdfast: ${verdict.toLowerCase()}`,
      `${comparisonMeaning[verdict]} ${escape(summaryText(comparison))}.`,
      `Before: ${side(before)}. After: ${side(after)}.`,
      section('Worse', stopped),
      section('Worse, and let pass by the gate', warned),
      section('Better', improved),
      notCompared(notComparable, comparison),
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
