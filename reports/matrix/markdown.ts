import { code, escape, signOf, table } from '../formats/markdown/index.ts';
import { controlVerdictWord, count } from '../text/index.ts';
import { failedOf, isExpected, unknownOf } from './expect.ts';
import type { Matrix, MatrixRow } from './schema.ts';
import {
  controlsOf,
  matrixFacts,
  matrixNotes,
  matrixVerdict,
  partsOf,
  peakText,
  sharedWaivers,
  slowestPhase,
  summaryOf,
  unexpectedLines,
} from './text.ts';
import { budgetText, isLeftOut, trimmedLines } from './trimmed.ts';

const gotThrough = (row: MatrixRow): string => {
  const failed = failedOf(row);
  const ids = (attacks: typeof failed): string => attacks.map(({ id }) => escape(id)).join(' ');
  const surprising = ids(failed.filter((attack) => !isExpected(row, attack)));
  const expected = ids(failed.filter((attack) => isExpected(row, attack)));
  const unknown = ids(unknownOf(row));
  return (
    [
      ...(surprising === '' ? [] : [`**${surprising}**`]),
      ...(expected === '' ? [] : [`as measured: ${expected}`]),
      ...(unknown === '' ? [] : [`unknown: ${unknown}`]),
    ].join('; ') || '–'
  );
};

const cells = (row: MatrixRow, controls: readonly string[], plans: boolean): readonly string[] => {
  const slowest = slowestPhase(row);
  const name = row.defaults === null ? row.stack : `${row.stack} (${row.defaults.product} ${row.defaults.version})`;
  return [
    row.folder === null ? escape(name) : `[${escape(name)}](${row.folder}/report.html)`,
    `${row.verdict === 'ERROR' ? '🚫' : signOf(row.verdict)} ${row.verdict}${isLeftOut(row) ? ' (left out)' : ''}`,
    row.asExpected ? 'yes' : '**no**',
    ...(plans ? [escape(row.plan ?? 'none')] : []),
    row.score === null ? '–' : `${row.score.letter} ${row.score.value}`,
    ...controls.map((id) => {
      const control = row.controls.find((one) => one.id === id);
      return control === undefined ? '–' : `${signOf(control.verdict)} ${controlVerdictWord(control.verdict)}`;
    }),
    gotThrough(row),
    row.requests === null ? '–' : count(row.requests.intended),
    peakText(row),
    slowest === null ? '–' : `${slowest.text} (${escape(slowest.phase)})`,
  ];
};

const rowsTable = (matrix: Matrix, rows: readonly MatrixRow[]): string => {
  const controls = controlsOf(matrix);
  const plans = matrix.rows.some(({ trimmed }) => trimmed !== null);
  return table(
    [
      'Stack',
      'Verdict',
      'Expected',
      ...(plans ? ['Plan'] : []),
      'Score',
      ...controls,
      'Got through',
      '>Requests',
      '>Peak of capacity',
      '>p99',
    ],
    rows.map((row) => cells(row, controls, plans)),
  );
};

const list = (texts: readonly string[]): string => texts.map((text) => `- ${escape(text)}`).join('\n');

/** `matrix.md`: for a pull request or a CI job. */
export const markdown = (matrix: Matrix): string => {
  const { references, defaults } = partsOf(matrix);
  const waivers = sharedWaivers(matrix);
  const budget = budgetText(matrix);
  return (
    [
      `## ${matrix.asExpected ? '✅' : '❌'} Holdfast: ${matrixVerdict(matrix).toLowerCase()}`,
      summaryOf(matrix).map(escape).join(' '),
      list(unexpectedLines(matrix)),
      references.length === 0 ? '' : `### Reference stacks\n\n${rowsTable(matrix, references)}`,
      defaults.length === 0 ? '' : `### Products as they ship\n\n${rowsTable(matrix, defaults)}`,
      budget === null
        ? ''
        : `### Budget\n\n${[escape(budget), list(trimmedLines(matrix))].filter((part) => part !== '').join('\n\n')}`,
      waivers.length === 0
        ? ''
        : `### Waivers\n\n${table(
            ['Until', 'Enforcer', 'Part', 'Why', '>Explains', 'Stacks'],
            waivers.map(({ expires, enforcer, part, reason, explained, stacks }) => [
              expires,
              code(enforcer),
              code(part),
              escape(reason),
              count(explained),
              escape(stacks.join(', ')),
            ]),
          )}`,
      list(matrixNotes(matrix)),
      `<sub>${matrixFacts(matrix)
        .map(([name, value]) => `${name}: ${escape(value)}`)
        .join(' · ')} · matrix ${escape(matrix.matrix)} · holdfast ${escape(matrix.harness)}</sub>`,
    ]
      .filter((part) => part !== '')
      .join('\n\n') + '\n'
  );
};
