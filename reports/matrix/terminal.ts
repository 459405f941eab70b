import { align, painter, signOf, styleOf, width, wrap } from '../formats/terminal/index.ts';
import type { Paint } from '../formats/terminal/index.ts';
import { count, visible } from '../text/index.ts';
import { failedOf, isExpected, unknownOf } from './expect.ts';
import type { Matrix, MatrixRow } from './schema.ts';
import {
  controlsOf,
  matrixNotes,
  matrixVerdict,
  peakText,
  sharedWaivers,
  slowestPhase,
  stacksText,
  summaryOf,
  unexpectedLines,
} from './text.ts';
import { budgetText, isLeftOut, trimmedLines } from './trimmed.ts';

/** A column: its head, whether it holds numbers, and how soon it goes where the terminal is narrow (0: never). */
type Column = {
  readonly head: string;
  readonly right?: boolean;
  readonly goes: number;
  readonly cell: (row: MatrixRow, paint: Paint) => string;
};

const verdictCell: Column['cell'] = (row, paint) => {
  const { verdict, partial } = row;
  if (verdict === 'ERROR') return paint('! ERROR', 'magenta');
  const less = isLeftOut(row) ? ' (left out)' : partial ? ' (partial)' : '';
  return paint(`${signOf(verdict)} ${verdict}${less}`, styleOf(verdict));
};

const planCell: Column['cell'] = ({ plan, trimmed }, paint) =>
  trimmed === null ? visible(plan ?? '–') : paint(visible(plan ?? 'none'), 'yellow');

/** More unknown attacks than this are counted, not named: the reason is then mostly one for all. */
const mostUnknown = 4;

const gotThrough: Column['cell'] = (row, paint) => {
  const failed = failedOf(row);
  const unknown = unknownOf(row);
  return (
    [
      ...failed.map((attack) =>
        isExpected(row, attack) ? paint(attack.id, 'red') : paint(`${attack.id}!`, 'red', 'bold'),
      ),
      ...(unknown.length > mostUnknown
        ? [paint(`${count(unknown.length)} unknown`, 'yellow')]
        : unknown.map(({ id }) => paint(`${id}?`, 'yellow'))),
    ].join(' ') || '–'
  );
};

const columnsOf = (matrix: Matrix): readonly Column[] => [
  { head: 'stack', goes: 0, cell: ({ stack }) => visible(stack) },
  { head: 'verdict', goes: 0, cell: verdictCell },
  {
    head: 'expected',
    goes: 0,
    cell: ({ asExpected }, paint) => (asExpected ? 'yes' : paint('NO', 'red', 'bold')),
  },
  ...(matrix.rows.some(({ trimmed }) => trimmed !== null)
    ? [{ head: 'plan', goes: 6, cell: planCell } satisfies Column]
    : []),
  { head: 'score', goes: 3, cell: ({ score }) => (score === null ? '–' : `${score.letter} ${score.value}`) },
  ...controlsOf(matrix).map((id): Column => ({
    head: id,
    goes: 5,
    cell: ({ controls }, paint) => {
      const verdict = controls.find((control) => control.id === id)?.verdict;
      return verdict === undefined ? '–' : paint(signOf(verdict), styleOf(verdict));
    },
  })),
  { head: 'got through', goes: 0, cell: gotThrough },
  {
    head: 'requests',
    right: true,
    goes: 1,
    cell: ({ requests }) => (requests === null ? '–' : count(requests.intended)),
  },
  { head: 'peak of capacity', right: true, goes: 2, cell: peakText },
  { head: 'p99', right: true, goes: 4, cell: (row) => slowestPhase(row)?.text ?? '–' },
];

/** The table, without the columns for which there is no room. */
const tableLines = (matrix: Matrix, paint: Paint, columns: number): readonly string[] => {
  const lay = (shown: readonly Column[]): readonly string[] =>
    align(
      [
        shown.map(({ head }) => paint(head, 'dim')),
        ...matrix.rows.map((row) => shown.map(({ cell }) => cell(row, paint))),
      ],
      shown.flatMap(({ right }, at) => (right === true ? [at] : [])),
    );
  const all = columnsOf(matrix);
  const most = Math.max(...all.map(({ goes }) => goes));
  for (let gone = 0; gone <= most; gone++) {
    const lines = lay(all.filter(({ goes }) => goes === 0 || goes > gone));
    if (gone === most || lines.every((line) => width(line) <= columns)) return lines;
  }
  return [];
};

/** More lines of one kind than this are left to `matrix.html`. */
const mostLines = 8;

const some = (lines: readonly string[]): readonly string[] =>
  lines.length <= mostLines
    ? lines
    : [...lines.slice(0, mostLines), `and ${count(lines.length - mostLines)} more in matrix.html`];

/** The table at the end of a run over several stacks. `!`: not expected; `?`: unknown. */
export const terminal = (
  matrix: Matrix,
  { colour, columns }: { readonly colour: boolean; readonly columns: number },
): string => {
  const paint = painter(colour);
  const section = (name: string, texts: readonly string[]): readonly string[] =>
    texts
      .flatMap((text) => wrap(visible(text), columns - 13, '  '))
      .map((line, at) => (at === 0 ? paint(name.padEnd(13), 'dim') : ' '.repeat(13)) + line);
  const verdict = matrix.asExpected
    ? paint(`✔ ${matrixVerdict(matrix)}`, 'green', 'bold')
    : paint(`✘ ${matrixVerdict(matrix)}`, 'red', 'bold');
  const waivers = sharedWaivers(matrix).map(
    ({ enforcer, part, expires, reason, explained }) =>
      `until ${expires}: ${enforcer} ${part}${explained === 0 ? '' : `, explains ${count(explained)} requests`}: ${reason}`,
  );
  const unexpected = some(unexpectedLines(matrix));
  const budget = budgetText(matrix);
  // Who was left out stands among what is not expected.
  const lighter = matrix.rows.filter((row) => !isLeftOut(row));
  const trims = [...(budget === null ? [] : [budget]), ...trimmedLines({ ...matrix, rows: lighter })];
  return (
    [
      `${verdict}  ${visible(matrix.plan)} on ${stacksText(matrix)}, seed ${visible(matrix.seed)}`,
      ...section('why', summaryOf(matrix)),
      '',
      ...tableLines(matrix, paint, columns),
      ...(unexpected.length + trims.length + waivers.length === 0 ? [] : ['']),
      ...section('not expected', unexpected),
      ...section('budget', some(trims)),
      ...section('waivers', some(waivers)),
      ...section('mind', matrixNotes(matrix)),
    ].join('\n') + '\n'
  );
};
