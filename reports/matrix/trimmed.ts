import { minutesText, shareText } from '../text/index.ts';
import type { Matrix, MatrixRow, MatrixTrim } from './schema.ts';

/** True where the budget left no time for any run on the stack. */
export const isLeftOut = ({ trimmed }: Pick<MatrixRow, 'trimmed'>): boolean =>
  trimmed !== null && trimmed.instead === null;

const room = ({ refused, needMs, leftMs, keptMs }: MatrixTrim): string =>
  `${refused} takes about ${minutesText(needMs)}, and ${minutesText(leftMs)} of the budget were left${keptMs === 0 ? '' : `, ${minutesText(keptMs)} of it for the stacks after this one`}`;

/** Why a stack was not run at all. */
export const leftOutText = (trimmed: MatrixTrim): string => `left out: even ${room(trimmed)}`;

const boundsText = ({ standard, critical }: MatrixTrim['asked']): string =>
  `${shareText(standard)} (critical: ${shareText(critical)})`;

/** What a lighter plan proves less; null where its bounds are no weaker. */
const weaker = (asked: MatrixTrim['asked'], run: MatrixTrim['asked']): string | null =>
  run.standard <= asked.standard && run.critical <= asked.critical
    ? null
    : `its bounds are weaker: ${boundsText(run)} instead of ${boundsText(asked)}`;

/** What the budget took away from a stack and why, in a sentence; null where it took nothing. */
export const trimmedText = ({ trimmed }: Pick<MatrixRow, 'trimmed'>): string | null => {
  if (trimmed === null) return null;
  const { asked, instead } = trimmed;
  if (instead === null) return leftOutText(trimmed);
  const less = weaker(asked, instead);
  return `${instead.plan} instead of ${asked.plan}: ${room(trimmed)}${less === null ? '' : `; ${less}`}`;
};

/** What the budget took away, as `stack: sentence`, in the order of the rows. */
export const trimmedLines = ({ rows }: Matrix): readonly string[] =>
  rows.flatMap((row) => {
    const text = trimmedText(row);
    return text === null ? [] : [`${row.stack}: ${text}`];
  });

/** The time that a night took of what it was given, e.g. `43 min of 45 min`; null where it was given none. */
export const timeText = ({ budget }: Matrix): string | null =>
  budget && `${minutesText(budget.spentMs)} of ${minutesText(budget.ms)}`;

/** The budget and what became of it, e.g. `43 min of 45 min, 3 stacks trimmed, 1 left out`; null where there was none. */
export const budgetText = (matrix: Matrix): string | null => {
  const { budget, rows } = matrix;
  if (budget === null) return null;
  const out = rows.filter(isLeftOut).length;
  const lighter = rows.filter(({ trimmed }) => trimmed !== null).length - out;
  const stacks = (n: number): string => (n === 1 ? '1 stack' : `${n} stacks`);
  return [
    timeText(matrix),
    ...(budget.spentMs > budget.ms ? [`${minutesText(budget.spentMs - budget.ms)} over`] : []),
    ...(lighter === 0 ? [] : [`a lighter plan on ${stacks(lighter)}`]),
    ...(out === 0 ? [] : [`${stacks(out)} left out`]),
  ].join(', ');
};
