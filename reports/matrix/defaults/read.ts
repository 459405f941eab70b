import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HoldfastError } from '../../../harness/model/index.ts';
import { parseReport } from '../../read.ts';
import type { Stack } from '../../../harness/model/index.ts';
import type { Matrix, MatrixRow } from '../schema.ts';
import { headingOf } from './product.ts';
import type { ShippedProduct } from './product.ts';

/** The name by which a stack of defaults names its product: `nginx-defaults` → `nginx`. */
const partOf = (stack: string): string => stack.replace(/-defaults$/, '');

/**
 * The products of a matrix with their reports, from the folders beside it, in the order of their names; `known` are the stacks that
 * there are. Throws `bad-run` where a
 * run is missing, or is not the one that the matrix judged, and `usage` where the matrix has no stack of defaults.
 */
export const readProducts = async (
  folder: string,
  matrix: Matrix,
  known: readonly Pick<Stack, 'id' | 'parts' | 'defaults'>[],
): Promise<readonly ShippedProduct[]> => {
  const products: ShippedProduct[] = [];
  for (const row of matrix.rows) {
    if (row.defaults === null) continue;
    products.push({
      row: { ...row, defaults: row.defaults },
      report: await reportOf(folder, row),
      sound: [],
      compiled: null,
    });
  }
  if (products.length === 0)
    throw new HoldfastError('usage', 'expected a matrix with products as they ship, found none in it', {
      hint: "npx holdfast run quick --stack '*-defaults'",
    });
  const sound = matrix.rows.filter(({ defaults, asExpected }) => defaults === null && asExpected);
  return products
    .map((product) => {
      const part = partOf(product.row.stack);
      const own = known.filter(
        ({ defaults, parts }) => defaults === null && (parts.edge === part || parts.mesh === part),
      );
      // With the default stack's Envoy as the other part, where there is such a stack: nothing else stands in the way of a look.
      const compiled = own.find(({ parts }) => parts.edge === 'envoy' || parts.mesh === 'envoy') ?? own[0];
      return {
        ...product,
        sound: sound.filter(({ edge, mesh }) => edge === part || mesh === part),
        compiled: compiled?.id ?? null,
      };
    })
    .toSorted((a, b) => (headingOf(a).toLowerCase() < headingOf(b).toLowerCase() ? -1 : 1));
};

const reportOf = async (folder: string, row: MatrixRow): Promise<ShippedProduct['report']> => {
  const refuse = (found: string, cause?: unknown): never => {
    throw new HoldfastError('bad-run', `expected the report of ${row.stack} that the matrix judged, found ${found}`, {
      hint: 'run the matrix again, or bring its folder back whole',
      place: { file: join(folder, row.stack, 'report.json') },
      cause,
    });
  };
  if (row.folder === null || row.digest === null) return refuse(`none: ${row.error?.message ?? 'it was not run'}`);
  const file = join(folder, row.folder, 'report.json');
  const text = await readFile(file, 'utf8').catch((cause: unknown) => refuse('none', cause));
  const digest = createHash('sha256').update(text).digest('hex');
  return digest === row.digest ? parseReport(text, file) : refuse('another one');
};
