import type { SabotageResults } from './sabotage-summary.ts';

/** What became of the sabotages of one stack: results, or why there are none. */
export type MeasuredStack =
  | { readonly stack: string; readonly results: SabotageResults }
  | { readonly stack: string; readonly error: string };

const caughtOf = ({ sabotages }: SabotageResults): number => sabotages.filter((row) => row.caught).length;

/** A line for each sabotage of a stack and each false alarm, and the sum. */
export const describeSabotages = (results: SabotageResults): string => {
  const { stack, falseAlarms, sabotages } = results;
  const width = Math.max(...sabotages.map(({ id }) => id.length));
  return [
    ...sabotages.map((row) =>
      row.caught
        ? `caught  ${row.id.padEnd(width)}  by ${row.caughtBy.join(', ')}`
        : `MISSED  ${row.id.padEnd(width)}  not noticed by ${row.missedBy.join(', ')} (verdict ${row.verdict})`,
    ),
    ...falseAlarms.map((alarm) => `FALSE ALARM on the sound stack: ${alarm}`),
    `${stack}: ${caughtOf(results)} of ${sabotages.length} caught, ${falseAlarms.length} false alarms`,
    '',
  ].join('\n');
};

/** The table at the end of several: a line for each stack, and the sum. */
export const summariseSabotages = (rows: readonly MeasuredStack[]): string => {
  const width = Math.max(...rows.map(({ stack }) => stack.length));
  const measured = rows.flatMap((row) => ('results' in row ? [row.results] : []));
  const sum = (of: (results: SabotageResults) => number): number =>
    measured.reduce((total, results) => total + of(results), 0);
  const line = (row: MeasuredStack): string => {
    if ('error' in row) return `ERROR   ${row.error}`;
    const { sabotages, falseAlarms } = row.results;
    const missed = sabotages.filter(({ caught }) => !caught).map(({ id }) => id);
    const good = missed.length === 0 && falseAlarms.length === 0;
    return (
      (good ? 'all     ' : 'NOT ALL ') +
      `${caughtOf(row.results)} of ${sabotages.length} caught, ${falseAlarms.length} false alarms` +
      (missed.length === 0 ? '' : `; missed: ${missed.join(', ')}`)
    );
  };
  return [
    ...rows.map((row) => `${row.stack.padEnd(width)}  ${line(row)}`),
    `${measured.length} of ${rows.length} stacks measured: ${sum(caughtOf)} of ${sum(({ sabotages }) => sabotages.length)} caught, ` +
      `${sum(({ falseAlarms }) => falseAlarms.length)} false alarms`,
    '',
  ].join('\n');
};
