import { lineGroups } from '../../../harness/model/index.ts';
import type { Comparison, ComparisonLine, Gate } from '../../../harness/model/index.ts';
import { chanceText, measuredText, ratioText } from '../../comparison/text.ts';
import { numeric, table } from '../../document.ts';
import type { Row, Table } from '../../document.ts';
import { criticalMark, quiet, sub } from '../../line.ts';
import type { Line, Tone } from '../../line.ts';

/** Ends of the axis are rounded to one of these; beyond the last an arrow says that it goes on. */
const ends = [2, 4, 10, 30, 100];

/** The factor at both ends of the axis that all lines of a comparison share, so that their bars can be compared by eye. */
export const axisEnd = (lines: readonly ComparisonLine[]): number => {
  const furthest = Math.max(
    1,
    ...lines.flatMap(({ ratio }) =>
      ratio === null ? [] : [ratio.value, ratio.low, ratio.high].map((each) => Math.exp(Math.abs(Math.log(each)))),
    ),
  );
  return ends.find((end) => furthest <= end) ?? ends.at(-1) ?? 100;
};

/** The least factor that the gate cares for on this line, be it up or down; null where it is no matter of a factor. */
export const leastFactor = (line: ComparisonLine, least: Gate['least']): number | null => {
  if (line.ratio === null) return null;
  if (line.unit === '1/s') return least.capacityRatio;
  if (line.unit !== 'ms' || typeof line.before?.value !== 'number' || line.before.value <= 0) return null;
  // A latency must differ by a factor and by a time: whichever is more decides.
  return line.id.startsWith('floor ')
    ? 1 + least.floorMs / line.before.value
    : Math.max(least.latencyRatio, 1 + least.latencyMs / line.before.value);
};

/** How a judgement looks; a regression that the gate only warns of is not as loud as one that fails. */
const toneOfLine = ({ judgement, gate }: Pick<ComparisonLine, 'judgement' | 'gate'>): Tone => {
  switch (judgement) {
    case 'regression':
      return gate === 'fail' ? 'bad' : 'unsure';
    case 'improvement':
      return 'good';
    case 'not comparable':
      return 'void';
    default:
      return 'calm';
  }
};

const tests: Readonly<Record<ComparisonLine['test'], string>> = {
  fact: 'seen, not estimated',
  'fisher-exact': "Fisher's exact test",
  'between-runs': 'by what runs of the same differ by',
  none: '',
};

const order: readonly ComparisonLine['judgement'][] = [
  'regression',
  'improvement',
  'not comparable',
  'noise',
  'unchanged',
];

const ratioOf = (line: ComparisonLine, end: number, least: Gate['least']): Line => {
  const { ratio } = line;
  const text = ratioText(line);
  if (ratio === null || text === null) return quiet('–');
  return { kind: 'ratio', text, ...ratio, end, least: leastFactor(line, least), tone: toneOfLine(line) };
};

const row = (line: ComparisonLine, end: number, { least }: Comparison['gate']): Row => {
  const tone = toneOfLine(line);
  return {
    id: `line ${line.id}`,
    group: line.group,
    ...((tone === 'bad' || tone === 'unsure') && { tone }),
    cells: [
      [line.title, criticalMark(line.critical), sub(line.id)],
      measuredText(line, line.before),
      measuredText(line, line.after),
      ratioOf(line, end, least),
      [chanceText(line.pAdjusted) ?? '–', tests[line.test] === '' ? '' : sub(tests[line.test])],
      [
        { kind: 'badge', tone, text: line.judgement },
        line.judgement === 'regression' && line.gate === 'warn' ? sub('the gate warns') : '',
      ],
      line.why,
    ],
  };
};

/** Lines in a table, by group; within a group what regressed comes first. */
export const linesTable = ({ lines: all, gate }: Comparison, lines: readonly ComparisonLine[]): Table => {
  const end = axisEnd(all);
  const rank = ({ group, judgement }: ComparisonLine): number =>
    lineGroups.indexOf(group) * order.length + order.indexOf(judgement);
  return table(
    [
      'What',
      numeric('Before'),
      numeric('After'),
      'After ÷ before',
      numeric('p adjusted', { title: "p of the test after Holm's correction over all lines that were tested" }),
      'Judgement',
      'Why',
    ],
    lines.toSorted((a, b) => rank(a) - rank(b)).map((line) => row(line, end, gate)),
    { cards: true },
  );
};
