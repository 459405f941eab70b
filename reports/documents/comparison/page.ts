import { reasonOfLine } from '../../../harness/compare/index.ts';
import type { Comparison, ComparisonLine, ComparisonSide } from '../../../harness/model/index.ts';
import {
  byReason,
  changeText,
  comparisonMeaning,
  comparisonTone,
  nameText,
  partsOf,
  quietText,
  ratioText,
  summaryText,
} from '../../comparison/text.ts';
import { list, note, section, table, text } from '../../document.ts';
import type { Block, Document } from '../../document.ts';
import { chip, joined, linkTo, quiet, strong, verdictBadge } from '../../line.ts';
import type { Line } from '../../line.ts';
import { count, startedText } from '../../text/index.ts';
import { linesTable } from './lines.ts';
import { timelineSection } from './timeline.ts';

const loud = (line: ComparisonLine): Line => {
  const ratio = ratioText(line);
  const numbers = ratio === null ? changeText(line) : `${changeText(line)}, ${ratio}`;
  return [linkTo(`line ${line.id}`, nameText(line)), ': ', strong(numbers), `: ${line.why}`];
};

/** More of one kind than this are left to the table. */
const most = 10;

const loudest = (lines: readonly ComparisonLine[]): Block =>
  list([
    ...lines.slice(0, most).map(loud),
    ...(lines.length > most ? [linkTo('differences', `and ${count(lines.length - most)} more`)] : []),
  ]);

/** Verdict, what regressed and why: all that a hurried reader reads. */
const why = (comparison: Comparison): readonly Block[] => {
  const { stopped, warned, notComparable } = partsOf(comparison);
  const decisive = new Set(comparison.reasons);
  const open = notComparable.filter((line) => decisive.has(reasonOfLine(line)));
  return [
    ...(stopped.length === 0 ? [] : [loudest(stopped)]),
    ...(warned.length === 0 ? [] : [text('Worse as well, and the gate lets it pass:'), loudest(warned)]),
    ...(open.length === 0
      ? []
      : [
          text('The gate needs what could not be compared:'),
          list(
            byReason(open, comparison.reasons).map(([because, lines]): Line => [
              linkTo('not-comparable', lines.map(({ id }) => id).join(', ')),
              `: ${because}`,
            ]),
          ),
        ]),
    note(
      `${summaryText(comparison)}, ${quietText(comparison)}. Equal stacks give any regression among the tested lines in at most ${comparison.gate.alpha * 100} % of comparisons.`,
    ),
  ];
};

const side = (name: string, { label, runs, posture }: ComparisonSide): readonly Block[] => {
  const { verdict, score, plan, stack, partial, run, startedAt, seed, harness, controls } = posture;
  const more = runs > 1 ? `; with ${count(runs - 1)} ${runs === 2 ? 'run' : 'runs'} before it` : '';
  return [
    text([strong(name), ' ', quiet(label)]),
    text([
      verdictBadge(verdict),
      ' ',
      strong(score.letter),
      ` ${score.value} `,
      quiet(`${plan} on ${stack}${partial ? ', stopped before its end' : ''}`),
    ]),
    text(quiet(`run ${run}, ${startedText(startedAt)}, seed ${seed}, Holdfast ${harness}${more}`)),
    text(
      joined(
        controls.map(({ id, verdict: own }): Line => [`${id} `, verdictBadge(own)]),
        '  ',
      ),
    ),
  ];
};

/** What became worse or better. */
const differences = (comparison: Comparison): Block => {
  const { stopped, warned, improved } = partsOf(comparison);
  const lines = [...stopped, ...warned, ...improved];
  return section(
    'What differs',
    lines.length === 0
      ? [note(`Nothing that could be compared: ${quietText(comparison)}.`)]
      : [
          note(
            'A bar shows after ÷ before with its interval on a log axis; left of its middle is less, right is more. Shaded about 1: what the gate takes for too small to matter.',
          ),
          linesTable(comparison, lines),
        ],
    { id: 'differences' },
  );
};

/** What could not be compared, by reason: those that the verdict rests on first. */
const notComparableSection = (comparison: Comparison): readonly Block[] => {
  const { notComparable } = partsOf(comparison);
  const rows = byReason(notComparable, comparison.reasons).map(([because, lines]) => [
    because,
    joined(
      lines.map(({ id, title }) => chip('calm', id, { title })),
      ' ',
    ),
  ]);
  return rows.length === 0
    ? []
    : [section('Not comparable', [table(['Why', 'Lines'], rows)], { id: 'not-comparable' })];
};

/** What differs between the sides beside the posture: the cause is near. */
const causes = ({ context, files, filesUnknown }: Comparison): Block =>
  section(
    'What may be the cause',
    [
      context.length === 0
        ? note('Plan, trace, catalogue, policy, configuration, images, harness and machine are the same on both sides.')
        : table(
            ['What', 'Before', 'After', 'What follows'],
            context.map(({ what, before, after, consequence }) => [
              what,
              before ?? '–',
              after ?? '–',
              consequence ?? quiet('costs nothing'),
            ]),
            { cards: true },
          ),
      ...(filesUnknown === null ? [] : [note(filesUnknown)]),
      { kind: 'diffs', diffs: files.map(({ diff, ...file }) => ({ ...file, text: diff })), fold: true },
    ],
    { id: 'context' },
  );

/** What all documents of a comparison begin with. */
export const comparisonHead = (comparison: Comparison): Pick<Document, 'title' | 'name' | 'harness' | 'verdict'> => {
  const { verdict, before, after, gate, harness } = comparison;
  return {
    title: `${verdict}: ${before.label} → ${after.label} – Holdfast`,
    name: `comparison by the gate ${gate.id}${gate.file === null ? '' : ` (${gate.file})`}`,
    harness,
    verdict: {
      word: verdict,
      tone: comparisonTone[verdict],
      about: summaryText(comparison),
      means: comparisonMeaning[verdict],
    },
  };
};

/** A comparison as a page. */
export const comparisonPage = (comparison: Comparison): Document => {
  const { noise, unchanged } = partsOf(comparison);
  const calm = [...noise, ...unchanged];
  return {
    ...comparisonHead(comparison),
    why: why(comparison),
    facts: [],
    blocks: [
      { kind: 'columns', columns: [side('Before', comparison.before), side('After', comparison.after)] },
      differences(comparison),
      ...notComparableSection(comparison),
      timelineSection(comparison),
      causes(comparison),
      ...(calm.length === 0
        ? []
        : [
            section(
              'Noise and unchanged',
              [section(quietText(comparison), [linesTable(comparison, calm)], { fold: true })],
              { id: 'unchanged' },
            ),
          ]),
    ],
  };
};
