import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { HoldfastError } from '../../model/index.ts';
import type { Report } from '../../model/index.ts';
import { readRunReport } from '../../../reports/index.ts';
import { readMatrix } from '../../../reports/matrix/index.ts';
import type { Matrix } from '../../../reports/matrix/index.ts';
import { exitOfVerdict } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { exitOfMatrix } from '../run/index.ts';
import { sentence } from '../../../reports/text/index.ts';

/** A run of the night that came to a report. */
export type NightRun = {
  readonly stack: string;
  readonly folder: string;
  readonly report: Report;
  /** A reference stack holds; a stack of defaults is broken by just what got through where it was measured. */
  readonly asExpected: boolean;
};

/** A night: the runs of a matrix, or a single run. */
export type Night = {
  /** Null where it was a single run. */
  readonly matrix: Matrix | null;
  readonly runs: readonly NightRun[];
  /** Every stack, run or not, in the order in which they were run. */
  readonly stacks: readonly { readonly id: string; readonly verdict: string; readonly unexpected: readonly string[] }[];
  /** What the run itself ended with. */
  readonly exit: ExitCode;
};

/** The night in a folder, that of a matrix or of a run. Throws `usage` where there is neither, `bad-run` where it cannot be read. */
export const readNight = async (folder: string): Promise<Night> => {
  const matrix = await readMatrix(folder);
  if (matrix === null) return single(folder);
  const runs: NightRun[] = [];
  for (const row of matrix.rows) {
    if (row.folder === null || row.run === null) continue;
    const own = join(folder, row.folder);
    runs.push({ stack: row.stack, folder: own, report: await readRunReport(own), asExpected: row.asExpected });
  }
  const stacks = matrix.rows.map(({ stack, verdict, unexpected }) => ({ id: stack, verdict, unexpected }));
  return { matrix, runs, stacks, exit: exitOfMatrix(matrix) };
};

const single = async (folder: string): Promise<Night> => {
  if (!existsSync(join(folder, 'report.json')))
    throw new HoldfastError('usage', `expected the folder of a run or of a matrix, found neither at ${folder}`, {
      hint: 'npx holdfast run nightly --budget 45m --out FOLDER',
    });
  const report = await readRunReport(folder);
  const { stack, verdict, reasons } = report;
  const asExpected = verdict === 'HOLDS' && !report.partial;
  return {
    matrix: null,
    runs: [{ stack, folder, report, asExpected }],
    stacks: [{ id: stack, verdict, unexpected: asExpected ? [] : [`${verdict}: ${reasons.map(sentence).join('; ')}`] }],
    exit: exitOfVerdict(verdict),
  };
};
