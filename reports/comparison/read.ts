import { HoldfastError } from '../../harness/model/index.ts';
import type { Comparison } from '../../harness/model/index.ts';
import { parseJson } from '../json.ts';
import { upgradeComparison } from '../older.ts';
import { comparisonSchema } from '../schema/index.ts';

const again = 'compare again: holdfast compare BEFORE AFTER --format json';

/** The bytes of `comparison.json`. */
export const serialiseComparison = (comparison: Comparison): string => `${JSON.stringify(comparison, null, 2)}\n`;

/** A comparison from the text of a `comparison.json`, validated against its schema. Throws `bad-run` with the place of the first fault. */
export const parseComparison = (text: string, file: string): Comparison => {
  const result = comparisonSchema.safeParse(upgradeComparison(parseJson(text, file, 'comparison.json', again)));
  if (result.success) return result.data as Comparison;
  const issue = result.error.issues[0];
  const at = issue === undefined || issue.path.length === 0 ? 'the whole' : issue.path.map(String).join('.');
  throw new HoldfastError(
    'bad-run',
    `expected a comparison of schema v2, got a fault at ${at}: ${issue?.message ?? 'unknown'}`,
    { hint: again, place: { file }, cause: result.error },
  );
};
