import { intervalText } from './answer.ts';
import type { ShrinkResult, Smallest } from './shrink.ts';

const percent = (share: number): string => `${Number((share * 100).toPrecision(3))}%`;

/** What shrinking came to, for a terminal. */
export const shrinkText = (result: ShrinkResult): string => {
  const { incident, stack, runs, unknown, stopped, smallest, plan, command } = result;
  const made = `${runs} runs${unknown > 0 ? `, ${unknown} of which showed nothing` : ''}${stopped ? ', then stopped' : ''}`;
  if (smallest === null)
    return `${incident} on ${stack}: not seen again in ${made}, so there is nothing to make smaller\n`;
  return [
    `${incident} on ${stack}: made smaller in ${made}`,
    ...smallestText(smallest),
    `show it again: ${command}`,
    ...(plan === null ? [] : planLines(plan)),
    '',
  ].join('\n');
};

const smallestText = (smallest: Smallest): readonly string[] => {
  const { attacks, originalAttacks, requests, originalRequests, shareOfRequests, lengthMs } = smallest;
  const { reproduced, runs, interval95 } = smallest;
  return [
    `  attacks: ${attacks.length} of ${originalAttacks}`,
    ...attacks.map(
      ({ id, forms }) =>
        `    ${id}${forms.length === 0 ? '' : `: ${forms.slice(0, 5).join(', ')}`}${forms.length > 5 ? ` and ${forms.length - 5} more` : ''}`,
    ),
    `  requests: ${requests} of ${originalRequests} (${percent(shareOfRequests)})`,
    `  length: ${(lengthMs / 1000).toFixed(1)} s`,
    runs === 0
      ? '  not confirmed: the budget of runs was used up'
      : `  confirmed: ${reproduced} of ${runs} further runs (${intervalText(interval95)})`,
  ];
};

const planLines = ({ file, confirmed, reason, command }: NonNullable<ShrinkResult['plan']>): readonly string[] => {
  if (file === null) return [`no plan for a regression test: ${reason}`];
  if (!confirmed) return [`a plan that was not seen to find it (${reason}): ${file}`];
  return ['a plan to commit as a regression test, confirmed by a run:', `  ${command}`];
};
