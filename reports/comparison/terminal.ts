import { lineGroups } from '../../harness/model/index.ts';
import type { Comparison, ComparisonLine, FileDifference } from '../../harness/model/index.ts';
import { cut, painter, wrap } from '../formats/terminal/index.ts';
import type { Paint, Style } from '../formats/terminal/index.ts';
import { count, visible } from '../text/index.ts';
import {
  byReason,
  changeText,
  comparisonMeaning,
  contextText,
  gateText,
  nameText,
  partsOf,
  quietText,
  ratioText,
  sideText,
  summaryText,
} from './text.ts';

/** How a comparison is shown in a terminal; `verbose` lists what is unchanged or noise as well. */
export type TerminalOptions = { readonly colour: boolean; readonly columns: number; readonly verbose: boolean };

const label = 'not compared'.length + 2;
const indent = ' '.repeat(label);

/** More lines of a group than this are counted, so that many incidents do not hide the one latency; the other formats have them all. */
const mostLines = 5;
/** The same for the reasons why lines could not be compared. */
const mostReasons = 6;
/** More files, and more lines of the diff of one, are left to the other formats. */
const mostFiles = 3;
const mostDiffLines = 10;

const marks: Readonly<Record<Comparison['verdict'], readonly [sign: string, style: Style]>> = {
  'NO REGRESSION': ['✔', 'green'],
  REGRESSION: ['✘', 'red'],
  'NOT COMPARABLE': ['?', 'yellow'],
};

/** What changed, in one line, and why it is judged so, in the next. */
const changeLines = (line: ComparisonLine, sign: string): readonly string[] => {
  const ratio = ratioText(line);
  return [
    `${sign} ${visible(nameText(line))}: ${visible(changeText(line))}${ratio === null ? '' : `, ${ratio}`}`,
    `  ${visible(line.why)}`,
  ];
};

const groupLines = (lines: readonly ComparisonLine[], sign: string, verbose: boolean): readonly string[] =>
  lineGroups.flatMap((group) => {
    const own = lines.filter((line) => line.group === group);
    const shown = verbose ? own : own.slice(0, mostLines);
    const left = own.length - shown.length;
    return [
      ...shown.flatMap((line) => changeLines(line, sign)),
      ...(left > 0 ? [`  and ${count(left)} more ${group}`] : []),
    ];
  });

const reasonLines = (
  lines: readonly ComparisonLine[],
  decisive: readonly string[],
  sign: string,
  verbose: boolean,
): readonly string[] => {
  const reasons = byReason(lines, decisive);
  const shown = verbose ? reasons : reasons.slice(0, mostReasons);
  const left = reasons.slice(shown.length).flatMap(([, of]) => of);
  return [
    ...shown.flatMap(([why, of]) => [`${sign} ${of.map(({ id }) => visible(id)).join(', ')}`, `  ${visible(why)}`]),
    ...(left.length > 0 ? [`and ${count(left.length)} more: ${left.map(({ id }) => visible(id)).join(', ')}`] : []),
  ];
};

/** What changed in a file, without the lines around it; where in the file stands in the other formats. */
const diffLines = ({ file, diff }: FileDifference, paint: Paint, columns: number): readonly string[] => {
  const changed = diff.split('\n').filter((line) => /^[-+](?!--|\+\+) *[^ ]/.test(line));
  const left = changed.length - mostDiffLines;
  return [
    paint(visible(file), 'bold'),
    ...changed
      .slice(0, mostDiffLines)
      .map((line) => paint(cut(`  ${visible(line)}`, columns), line.startsWith('+') ? 'green' : 'red')),
    ...(left > 0 ? [`  and ${count(left)} more lines that differ`] : []),
  ];
};

const filesLines = ({ files, filesUnknown }: Comparison, paint: Paint, columns: number): readonly string[] => [
  ...files.slice(0, mostFiles).flatMap((file) => diffLines(file, paint, columns)),
  ...(files.length > mostFiles ? [`and ${count(files.length - mostFiles)} more files`] : []),
  ...(filesUnknown === null ? [] : wrap(visible(filesUnknown), columns, '')),
];

/** A comparison for somebody in a hurry: the verdict, what got worse and why, and what else differs. */
export const terminal = (comparison: Comparison, { colour, columns, verbose }: TerminalOptions): string => {
  const paint = painter(colour);
  const put = (name: string, texts: readonly string[], ...styles: readonly Style[]): readonly string[] =>
    texts
      .flatMap((text) => wrap(text, columns - label, /^ */.exec(text)?.[0] ?? ''))
      .map((line, at) => (at === 0 ? paint(name.padEnd(label), 'dim', ...styles) : indent) + line);
  const { stopped, warned, improved, notComparable, noise, unchanged } = partsOf(comparison);
  const [sign, style] = marks[comparison.verdict];
  const { before, after, context } = comparison;
  const verdict = paint(`${sign} ${comparison.verdict}`, style, 'bold');
  return `${[
    ...wrap(`${verdict}  ${summaryText(comparison)}`, columns, '  '),
    ...put('', [comparisonMeaning[comparison.verdict]]),
    ...put('before', [visible(sideText(before))]),
    ...put('after', [visible(sideText(after))]),
    ...put('worse', groupLines(stopped, paint('✘', 'red'), verbose)),
    ...put('worse, passed', groupLines(warned, paint('!', 'yellow'), verbose)),
    ...put('better', groupLines(improved, paint('✔', 'green'), verbose)),
    ...put('not compared', reasonLines(notComparable, comparison.reasons, paint('?', 'yellow'), verbose)),
    ...put(
      'differs',
      context.length === 0 ? ['nothing beside what was measured'] : context.map((one) => visible(contextText(one))),
    ),
    ...filesLines(comparison, paint, columns - label).map(
      (line, at) => (at === 0 ? paint('files'.padEnd(label), 'dim') : indent) + line,
    ),
    ...put('the rest', [
      `${quietText(comparison)}${verbose || noise.length + unchanged.length === 0 ? '' : ' (--verbose lists them)'}`,
    ]),
    ...(verbose
      ? [...put('noise', groupLines(noise, '~', true)), ...put('unchanged', reasonLines(unchanged, [], '=', true))]
      : []),
    ...put('judged by', [visible(gateText(comparison))]),
  ].join('\n')}\n`;
};
