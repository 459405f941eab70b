import { HoldfastError } from '../../harness/model/index.ts';
import { readAssets } from '../assets.ts';
import type { Asset } from '../formats/index.ts';
import { serialiseMatrix } from './build.ts';
import { page } from './html/index.ts';
import { markdown } from './markdown.ts';
import type { Matrix } from './schema.ts';
import { terminal } from './terminal.ts';

/** The style of the report's page, and what the matrix adds to it. */
const styles = async (): Promise<readonly Asset[]> =>
  Object.values(
    await readAssets(new URL('./html/', import.meta.url), {
      base: '../../formats/html/style.css',
      style: './style.css',
    }),
  );

/** Formats of a matrix, by the names under which `holdfast report` knows those of a report. */
export const matrixFormats = ['html', 'json', 'markdown', 'terminal'] as const;

/** A matrix in a format. `colour` and `columns` matter to `terminal` alone. Throws `usage` where there is no such format. */
export const renderMatrix = async (
  matrix: Matrix,
  format: string,
  { colour = false, columns = 100 }: { readonly colour?: boolean; readonly columns?: number } = {},
): Promise<string> => {
  switch (format) {
    case 'html':
      return page(matrix, await styles()).text;
    case 'json':
      return serialiseMatrix(matrix);
    case 'markdown':
      return markdown(matrix);
    case 'terminal':
      return terminal(matrix, { colour, columns });
    default:
      throw new HoldfastError('usage', `expected a format of ${matrixFormats.join(', ')}, got "${format}"`, {
        hint: 'holdfast report MATRIX --format html',
      });
  }
};
