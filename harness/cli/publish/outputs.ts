import type { ExitCode } from '../exit.ts';
import type { Compared } from './compared.ts';
import type { Night } from './night.ts';

const verdicts: Readonly<Record<ExitCode, string>> = {
  0: 'HOLDS',
  1: 'BROKEN',
  2: 'UNKNOWN',
  254: 'ERROR',
  255: 'ERROR',
};

/** How many lines of a comparison got worse so that the gate stops it. */
const stopped = ({ comparison }: Compared): number =>
  comparison?.lines.filter(({ judgement, gate }) => judgement === 'regression' && gate === 'fail').length ?? 0;

/**
 * What another step may want to know, as `name=value` lines: `verdict` of the night by its exit code, `score` (the lowest of a stack
 * that is expected to hold; empty where there is none), `regressions` that the gate stops, `exit` code of the whole. Pure.
 */
export const outputsOf = (night: Night, compared: readonly Compared[], exit: ExitCode): string => {
  const holding = night.runs.filter(
    ({ stack }) => night.matrix?.rows.every((row) => row.stack !== stack || row.defaults === null) ?? true,
  );
  const scores = holding.map(({ report }) => report.score.value);
  return [
    ['verdict', verdicts[night.exit]],
    ['score', scores.length === 0 ? '' : Math.min(...scores)],
    ['regressions', compared.reduce((sum, one) => sum + stopped(one), 0)],
    ['exit', exit],
  ]
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
};
