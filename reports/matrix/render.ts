import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { HoldfastError } from '../../harness/model/index.ts';
import type { Asset } from '../formats/index.ts';
import { serialiseMatrix } from './build.ts';
import { page } from './html/index.ts';
import { markdown } from './markdown.ts';
import type { Matrix } from './schema.ts';
import { terminal } from './terminal.ts';

/** The style of the report's page, and what the matrix adds to it. */
const styles = async (): Promise<readonly Asset[]> =>
  Promise.all(
    ['../formats/html/style.css', './html/style.css'].map(async (path) => {
      const text = await readFile(new URL(path, import.meta.url), 'utf8');
      return { text, sha256: createHash('sha256').update(text).digest('base64') };
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
