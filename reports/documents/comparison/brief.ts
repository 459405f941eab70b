import type { Comparison, ComparisonLine } from '../../../harness/model/index.ts';
import {
  byReason,
  chanceText,
  changeText,
  contextText,
  gateText,
  measuredText,
  nameText,
  partsOf,
  quietText,
  ratioText,
  sideText,
} from '../../comparison/text.ts';
import { items, list, numeric, section, table, text } from '../../document.ts';
import type { Block, Document, Item } from '../../document.ts';
import { code, joined } from '../../line.ts';
import type { Tone } from '../../line.ts';
import { startedText } from '../../text/index.ts';
import { comparisonHead } from './page.ts';

/** Of each group, so that many incidents do not hide the one latency. */
const most = { terminal: 5, markdown: 12 };
/** What did not change is folded: there is room for it. */
const mostCalm = { terminal: 400, markdown: 60 };

const said = (line: ComparisonLine, tone: Tone): Item => {
  const ratio = ratioText(line);
  return {
    tone,
    line: `${nameText(line)}: ${changeText(line)}${ratio === null ? '' : `, ${ratio}`}`,
    under: [line.why],
  };
};

const linesTable = (lines: readonly ComparisonLine[], tone: Tone, atMost = most): Block =>
  table(
    ['What', numeric('Before'), numeric('After'), numeric('After ÷ before'), numeric('p (corrected)'), 'Why'],
    lines.map((line) => ({
      group: line.group,
      said: said(line, tone),
      cells: [
        nameText(line),
        measuredText(line, line.before),
        measuredText(line, line.after),
        ratioText(line) ?? '',
        chanceText(line.pAdjusted) ?? '',
        line.why,
      ],
    })),
    { most: atMost },
  );

const judged = (title: string, lines: readonly ComparisonLine[], tone: Tone): readonly Block[] =>
  lines.length === 0 ? [] : [section(title, [linesTable(lines, tone)])];

const notCompared = (comparison: Comparison): readonly Block[] => {
  const reasons = byReason(partsOf(comparison).notComparable, comparison.reasons);
  if (reasons.length === 0) return [];
  return [
    section('Not compared', [
      items(
        reasons.map(([why, lines]): Item => ({
          tone: 'unsure',
          line: joined(
            lines.map(({ id }) => code(id)),
            ', ',
          ),
          under: [why],
        })),
        { most: { terminal: 8, markdown: 30 }, rest: 'reasons' },
      ),
    ]),
  ];
};

/** A comment on a pull request has room for 65,536 characters. */
const diffs = (files: Comparison['files']): Block => ({
  kind: 'diffs',
  diffs: files.map(({ diff, ...file }) => ({ ...file, text: diff })),
  fold: true,
  most: { terminal: 3, markdown: 8 },
  lines: { terminal: 10, markdown: 80 },
});

const differs = ({ context, files, filesUnknown }: Comparison): readonly Block[] => {
  return [
    section('Differs', [
      ...(context.length + files.length === 0 && filesUnknown === null
        ? [text('nothing beside what was measured')]
        : [list(context.map(contextText))]),
      ...(filesUnknown === null ? [] : [text(filesUnknown)]),
      ...(files.length === 0 ? [] : [diffs(files)]),
    ]),
  ];
};

/** A comparison in short: for a terminal, a comment on a pull request, the summary of a job. */
export const comparisonBrief = (comparison: Comparison): Document => {
  const { stopped, warned, improved, noise, unchanged } = partsOf(comparison);
  const { before, after } = comparison;
  const calm = noise.length + unchanged.length > 0;
  return {
    ...comparisonHead(comparison),
    name: 'comparison',
    why: [],
    facts: [],
    blocks: [
      section('Before', [text(`${sideText(before)}, ${startedText(before.posture.startedAt)}`)]),
      section('After', [text(`${sideText(after)}, ${startedText(after.posture.startedAt)}`)]),
      ...judged('Worse', stopped, 'bad'),
      ...judged('Worse, passed', warned, 'unsure'),
      ...judged('Better', improved, 'good'),
      ...notCompared(comparison),
      ...differs(comparison),
      section('The rest', [
        calm
          ? section(quietText(comparison), [linesTable([...noise, ...unchanged], 'calm', mostCalm)], { fold: true })
          : text(quietText(comparison)),
      ]),
      section('Judged by', [text(gateText(comparison))]),
    ],
  };
};
