import { brokeOf } from '../../../harness/model/index.ts';
import type { AttackReport, Report } from '../../../harness/model/index.ts';
import { boundText, controlVerdictWord, count, shareText, visible } from '../../text/index.ts';
import { align, cut, width } from './columns.ts';
import { signOf, styleOf } from './paint.ts';
import type { Paint } from './paint.ts';

/** More rows than this do not fit a screen: those that passed are then counted in one line. */
const mostRows = 16;

/** Which of the columns are shown: indeterminate attempts where there are any, the bound that was asked for where there is room. */
type Shown = { readonly doubt: boolean; readonly asked: boolean };

/** The cells of a row but the technique, which gets what room is left. */
const row = (attack: AttackReport, paint: Paint, { doubt, asked }: Shown): readonly string[] => [
  visible(attack.id),
  attack.critical ? '●' : '',
  count(attack.attempts),
  brokeOf(attack) > 0 ? paint(count(brokeOf(attack)), 'red', 'bold') : '0',
  ...(doubt ? [attack.indeterminate > 0 ? paint(count(attack.indeterminate), 'yellow') : '0'] : []),
  asked ? `${boundText(attack.bound95)} (${shareText(attack.bound)})` : boundText(attack.bound95),
  paint(`${signOf(attack.verdict)} ${visible(controlVerdictWord(attack.verdict))}`, styleOf(attack.verdict)),
];

/** The table of attacks; where it would not fit a screen, the failed and the unknown ones alone. */
export const attackLines = (report: Report, paint: Paint, columns: number): readonly string[] => {
  const notable = report.attacks.filter((attack) => attack.verdict !== 'pass');
  const shown = report.attacks.length <= mostRows ? report.attacks : notable.slice(0, mostRows);
  const doubt = shown.some((attack) => attack.indeterminate > 0);
  const asked = columns >= 96;
  const heads = [
    'id',
    'crit',
    'attempts',
    'admitted',
    ...(doubt ? ['indet.'] : []),
    asked ? '95% bound (asked)' : '95% bound',
    'verdict',
  ];
  const rows = [
    heads.map((head) => paint(head, 'dim')),
    ...shown.map((attack) => row(attack, paint, { doubt, asked })),
  ];
  const others = Math.max(...align(rows, []).map(width));
  const technique = Math.max(16, columns - others - 2);
  const full = rows.map(([id = '', ...rest], at) => {
    const title = shown[at - 1]?.title;
    return [id, title === undefined ? paint('technique', 'dim') : cut(visible(title), technique), ...rest];
  });
  const table = align(full, [3, 4, 5, ...(doubt ? [6] : [])]);
  if (shown === report.attacks) return table;
  const left = notable.length - shown.length;
  const passed = `${count(report.attacks.length - notable.length)} attacks passed${left > 0 ? `, ${count(left)} more did not` : ''}`;
  return [...(shown.length === 0 ? [] : table), passed];
};
