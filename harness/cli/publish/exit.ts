import { worstExit } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import type { Compared } from './compared.ts';
import type { Night } from './night.ts';

/**
 * What the job ends with: the worst of the night and of its comparisons. 1 for a regression. 2 where a baseline that somebody named
 * could not be compared with, or fits none of the runs: a gate that compares nothing must not look like one that passes. The nights
 * that are kept renew themselves, so that with them "not comparable" is only said.
 */
export const exitOfNight = (night: Night, compared: readonly Compared[], named: string | null): ExitCode => {
  const byChoice = compared.filter(({ comparison, withKept }) => comparison !== null && !withKept);
  return worstExit([
    night.exit,
    ...compared.map(({ comparison }): ExitCode => (comparison?.verdict === 'REGRESSION' ? 1 : 0)),
    ...byChoice.map(({ comparison }): ExitCode => (comparison?.verdict === 'NOT COMPARABLE' ? 2 : 0)),
    ...compared.map(({ unreadable }): ExitCode => (unreadable ? 2 : 0)),
    named !== null && byChoice.length === 0 ? 2 : 0,
  ]);
};
