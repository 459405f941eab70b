import { matrixBrief, matrixPage } from '../documents/matrix/index.ts';
import { show } from '../show.ts';
import type { ShowOptions } from '../show.ts';
import { serialiseMatrix } from './build.ts';
import type { Matrix } from './schema.ts';

/** A matrix in a format of those of `holdfast report`. `colour` and `columns` matter to `terminal` alone. Throws `usage` where there is no such format. */
export const renderMatrix = (matrix: Matrix, format: string, options: ShowOptions = {}): Promise<string> =>
  show(
    {
      html: () => matrixPage(matrix),
      json: () => serialiseMatrix(matrix),
      markdown: () => matrixBrief(matrix),
      terminal: () => matrixBrief(matrix),
    },
    format,
    options,
    'holdfast report MATRIX --format html',
  );
