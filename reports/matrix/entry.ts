import type { AttackMeta, Report, Stack } from '../../harness/model/index.ts';
import type { Matrix, MatrixRow, MatrixTrim } from './schema.ts';

/** What a run over several stacks knows of one of them, before it is judged. */
export type MatrixEntry = {
  readonly stack: Pick<Stack, 'id' | 'title' | 'parts' | 'features' | 'defaults'>;
  /** The attacks that the plan requires; none where it could not be declared. */
  readonly attacks: readonly Pick<AttackMeta, 'id' | 'clause' | 'needs'>[];
  /** What came of it: a report, or why there is none; null where the budget left it out. */
  readonly outcome:
    | { readonly report: Report; readonly digest: string }
    | { readonly error: NonNullable<MatrixRow['error']> }
    | null;
  /** What the budget took away; null where it took nothing. */
  readonly trimmed: MatrixTrim | null;
  /** Folder of the run, from that of the matrix; null where none was kept. */
  readonly folder: string | null;
};

/** What all rows of a matrix have in common. */
export type MatrixHead = Pick<
  Matrix,
  'matrix' | 'startedAt' | 'harness' | 'plan' | 'seed' | 'only' | 'overlay' | 'budget'
>;
