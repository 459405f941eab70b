import type { Report, Stack } from '../../harness/model/index.ts';
import type { Matrix, MatrixRow } from './schema.ts';

/** What a run over several stacks knows of one of them, before it is judged. */
export type MatrixEntry = {
  readonly stack: Pick<Stack, 'id' | 'title' | 'parts' | 'notApplicable' | 'defaults'>;
  /** What came of it: a report, or why there is none. */
  readonly outcome:
    { readonly report: Report; readonly digest: string } | { readonly error: NonNullable<MatrixRow['error']> };
  /** Folder of the run, from that of the matrix; null where none was kept. */
  readonly folder: string | null;
};

/** What all rows of a matrix have in common. */
export type MatrixHead = Pick<Matrix, 'matrix' | 'startedAt' | 'harness' | 'plan' | 'seed' | 'only' | 'overlay'>;
