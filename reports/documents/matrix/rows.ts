import { numeric, list, section, table, note } from '../../document.ts';
import type { Column, Row, Section } from '../../document.ts';
import { chip, hot, joined, linkOut, linkTo, quiet, strong, sub, toneOf, warm } from '../../line.ts';
import type { Line, Piece } from '../../line.ts';
import { failedOf, isExpected, unknownOf } from '../../matrix/expect.ts';
import type { Matrix, MatrixAttack, MatrixRow } from '../../matrix/schema.ts';
import { controlsOf, peakText, slowestPhase } from '../../matrix/text.ts';
import { isLeftOut } from '../../matrix/trimmed.ts';
import { controlVerdictWord, count } from '../../text/index.ts';

/** Sign and word of what became of a stack. */
export const rowBadge = (row: MatrixRow): Piece => {
  const more = isLeftOut(row) ? ' (left out)' : row.partial ? ' (partial)' : '';
  return { kind: 'badge', tone: toneOf(row.verdict), text: `${row.verdict}${more}` };
};

/** The sign of a control; `–` where the row does not speak about it. */
export const controlSign = ({ controls }: MatrixRow, id: string): Line => {
  const control = controls.find((one) => one.id === id);
  return control === undefined
    ? quiet('–')
    : { kind: 'badge', tone: toneOf(control.verdict), text: controlVerdictWord(control.verdict), bare: true };
};

const times = ({ admitted, attempts }: MatrixAttack): string => `${count(admitted)} of ${count(attempts)} got through`;

/** Filled: got through, which was not expected. Outlined: got through, as it did before. Dashed: unknown. */
const chips = (row: MatrixRow): readonly Line[] => [
  ...failedOf(row).map((attack) =>
    isExpected(row, attack)
      ? chip('void', attack.id, { title: `${attack.title}: ${times(attack)}. ${attack.explained ?? ''}` })
      : chip('bad', attack.id, { title: `${attack.title}: ${times(attack)}` }),
  ),
  ...unknownOf(row).map(({ id, title, reason }) => chip('unsure', id, { title: `${title}: ${reason ?? 'unknown'}` })),
];

const name = ({ stack, folder, title, defaults }: MatrixRow): Line => [
  folder === null ? stack : linkOut(`${folder}/report.html`, stack),
  defaults === null
    ? sub(title)
    : sub(
        `${defaults.product} ${defaults.version}`,
        /^https?:\/\//.test(defaults.page) ? [', ', linkOut(defaults.page, 'getting started')] : '',
      ),
];

const row = (of: MatrixRow, controls: readonly string[]): Row => {
  const { requests, score, trimmed, waivers, error } = of;
  const slowest = slowestPhase(of);
  const silent = Object.keys(of.notApplicable);
  const attacks = chips(of);
  return {
    id: of.stack,
    cells: [
      name(of),
      [rowBadge(of), trimmed?.instead ? sub(linkTo('budget', trimmed.instead.plan)) : ''],
      of.asExpected ? quiet('yes') : hot('NO'),
      score === null ? '–' : [strong(score.letter), ` ${score.value}`],
      ...controls.map((id) => controlSign(of, id)),
      [
        attacks.length === 0 ? quiet(of.run === null ? '–' : 'none') : joined(attacks, ' '),
        silent.length === 0 ? '' : sub(`does not apply: ${silent.join(', ')}`),
      ],
      requests === null
        ? '–'
        : [count(requests.intended), requests.failed > 0 ? sub(`${count(requests.failed)} failed`) : ''],
      requests === null ? '–' : count(requests.attempts),
      peakText(of),
      slowest === null ? '–' : [slowest.text, sub(slowest.phase)],
      waivers.length === 0 ? quiet(0) : linkTo('waivers', count(waivers.length)),
    ],
    ...(!of.asExpected && {
      tone: 'bad' as const,
      beneath: [list([...of.unexpected, ...(typeof error?.hint === 'string' ? [quiet(error.hint)] : [])])],
    }),
  };
};

const legend = (rows: readonly MatrixRow[]): Line => {
  const seen = new Set(rows.flatMap((of) => failedOf(of).map((attack) => isExpected(of, attack))));
  return [
    seen.has(false) ? [chip('bad', 'E1'), ' got through, which was not expected. '] : '',
    seen.has(true) ? [chip('void', 'E1'), ' got through, as it did where the stack was measured. '] : '',
    rows.some((of) => unknownOf(of).length > 0)
      ? [chip('unsure', 'E1'), ' unknown: not run, or not enough evidence.']
      : '',
  ];
};

/** A table with a row for each stack; a row that is not as expected says why beneath. */
export const rowsSection = (
  matrix: Matrix,
  rows: readonly MatrixRow[],
  { id, title, about }: { readonly id: string; readonly title: string; readonly about: string },
): Section => {
  const controls = controlsOf(matrix);
  const columns: readonly (Column | Line)[] = [
    'Stack',
    'Verdict',
    'As expected',
    numeric('Score'),
    ...controls,
    'Got through',
    numeric('Requests'),
    numeric('Attempts', { drops: 1 }),
    numeric('Peak of capacity'),
    numeric('p99', {
      title: '99th percentile of the latency from the intended time, in the phase where it was highest, the ramp apart',
    }),
    numeric('Waivers'),
  ];
  return section(
    title,
    [
      note(about),
      table(
        columns,
        rows.map((of) => row(of, controls)),
        { cards: true },
      ),
      note(legend(rows)),
    ],
    { id },
  );
};

/** What got through and what is unknown, in a few letters. `!`: it was not expected; `?`: unknown. */
export const gotThrough = (of: MatrixRow): Line => {
  const unknown = unknownOf(of);
  const all = [
    ...failedOf(of).map((attack) => (isExpected(of, attack) ? attack.id : hot(`${attack.id}!`))),
    ...(unknown.length > mostUnknown
      ? [warm(`${count(unknown.length)} unknown`)]
      : unknown.map(({ id }) => warm(`${id}?`))),
  ];
  return all.length === 0 ? '–' : joined(all, ' ');
};

/** What the letters of `gotThrough` mean, as far as any row has them. */
export const lettersText = (rows: readonly MatrixRow[]): string | null => {
  const says = [
    ...(rows.some((of) => failedOf(of).some((attack) => !isExpected(of, attack))) ? ['E1! was not expected'] : []),
    ...(rows.some((of) => failedOf(of).some((attack) => isExpected(of, attack)))
      ? ['E1 got through where it was measured as well']
      : []),
    ...(rows.some((of) => unknownOf(of).length > 0) ? ['E1? is unknown'] : []),
  ];
  return says.length === 0 ? null : `${says.join(', ')}.`;
};

/** More unknown attacks than this are counted, not named: the reason is then mostly one for all. */
const mostUnknown = 4;
