import type { MatrixEntry, MatrixHead } from './entry.ts';
import { rowOf } from './row.ts';
import type { Matrix } from './schema.ts';

/** The matrix of what became of each stack. Pure: the same entries give the same bytes. */
export const buildMatrix = (head: MatrixHead, entries: readonly MatrixEntry[]): Matrix => {
  const rows = entries.map(rowOf);
  const { matrix, startedAt, harness, plan, seed, only, overlay, budget } = head;
  return {
    schema: 'https://holdfast.dev/matrix/v1',
    matrix,
    startedAt,
    harness,
    plan,
    seed,
    only,
    overlay,
    budget,
    asExpected: rows.every((row) => row.asExpected),
    rows,
  };
};

/** The bytes of `matrix.json`. */
export const serialiseMatrix = (matrix: Matrix): string => `${JSON.stringify(matrix, null, 2)}\n`;
