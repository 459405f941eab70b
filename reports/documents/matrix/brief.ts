import { list, note, numeric, section, table, text } from '../../document.ts';
import type { Block, Column, Document, Row } from '../../document.ts';
import { hot, linkOut, sub, warm } from '../../line.ts';
import type { Line } from '../../line.ts';
import type { Matrix, MatrixRow } from '../../matrix/schema.ts';
import {
  controlsOf,
  matrixNotes,
  peakText,
  sharedWaivers,
  slowestPhase,
  summaryOf,
  unexpectedLines,
} from '../../matrix/text.ts';
import { budgetText, isLeftOut, trimmedLines } from '../../matrix/trimmed.ts';
import { count } from '../../text/index.ts';
import { matrixHead } from './page.ts';
import { controlSign, gotThrough, lettersText, rowBadge } from './rows.ts';

const planCell = ({ plan, trimmed }: MatrixRow): Line => (trimmed === null ? (plan ?? '–') : warm(plan ?? 'none'));

const rowsTable = (matrix: Matrix): Block => {
  const controls = controlsOf(matrix);
  const plans = matrix.rows.some(({ trimmed }) => trimmed !== null);
  const columns: readonly (Column | Line)[] = [
    'Stack',
    'Verdict',
    'Expected',
    ...(plans ? [{ head: 'Plan', drops: 6 }] : []),
    { head: 'Score', drops: 3 },
    ...controls.map((head): Column => ({ head, drops: 5 })),
    'Got through',
    numeric('Requests', { drops: 1 }),
    numeric('Peak of capacity', { drops: 2 }),
    numeric('p99', { drops: 4 }),
  ];
  const row = (of: MatrixRow): Row => {
    const slowest = slowestPhase(of);
    return {
      cells: [
        [
          of.folder === null ? of.stack : linkOut(`${of.folder}/report.html`, of.stack),
          of.defaults === null ? '' : sub(`${of.defaults.product} ${of.defaults.version}`),
        ],
        rowBadge(of),
        of.asExpected ? 'yes' : hot('NO'),
        ...(plans ? [planCell(of)] : []),
        of.score === null ? '–' : `${of.score.letter} ${of.score.value}`,
        ...controls.map((id) => controlSign(of, id)),
        gotThrough(of),
        of.requests === null ? '–' : count(of.requests.intended),
        peakText(of),
        slowest === null ? '–' : [slowest.text, sub(slowest.phase)],
      ],
    };
  };
  return table(columns, matrix.rows.map(row));
};

const most = { terminal: 8, markdown: 100 };
const rest = 'in matrix.html';

const named = (title: string, lines: readonly Line[]): readonly Block[] =>
  lines.length === 0 ? [] : [section(title, [list(lines, { most, rest })])];

/** A matrix in short: for the end of a run over several stacks, a pull request, a CI job. */
export const matrixBrief = (matrix: Matrix): Document => {
  const budget = budgetText(matrix);
  const letters = lettersText(matrix.rows);
  // Who was left out stands among what is not expected.
  const lighter = matrix.rows.filter((row) => !isLeftOut(row));
  return {
    ...matrixHead(matrix),
    why: summaryOf(matrix).map((line) => text(line)),
    blocks: [
      rowsTable(matrix),
      ...(letters === null ? [] : [note(letters)]),
      ...named('Not expected', unexpectedLines(matrix)),
      ...named('Budget', [...(budget === null ? [] : [budget]), ...trimmedLines({ ...matrix, rows: lighter })]),
      ...named(
        'Waivers',
        sharedWaivers(matrix).map(
          ({ enforcer, part, expires, reason, explained, stacks }) =>
            `until ${expires}: ${enforcer} ${part}${explained === 0 ? '' : `, explains ${count(explained)} requests`}: ${reason} (${stacks.join(', ')})`,
        ),
      ),
      ...named('Mind', matrixNotes(matrix)),
    ],
  };
};
