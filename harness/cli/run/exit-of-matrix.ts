import type { Matrix } from '../../../reports/matrix/index.ts';
import { exitOfCode, exitOfVerdict, worstExit } from '../exit.ts';
import type { ExitCode } from '../exit.ts';

/** 0 where every row is as expected, else the worst of those that are not. Defaults that hold or surprise count as broken. */
export const exitOfMatrix = ({ rows }: Matrix): ExitCode =>
  worstExit(
    rows
      .filter(({ asExpected }) => !asExpected)
      .map(({ verdict, error, partial }) => {
        if (error !== null || verdict === 'ERROR') return exitOfCode(error?.code ?? 'internal');
        return verdict === 'HOLDS' ? (partial ? 2 : 1) : exitOfVerdict(verdict);
      }),
  );
