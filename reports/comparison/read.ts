import { HoldfastError } from '../../harness/model/index.ts';
import type { Comparison } from '../../harness/model/index.ts';
import { comparisonSchema } from '../schema/index.ts';

/** The bytes of `comparison.json`. */
export const serialiseComparison = (comparison: Comparison): string => `${JSON.stringify(comparison, null, 2)}\n`;

/** A comparison from the text of a `comparison.json`, validated against its schema. Throws `bad-run` with the place of the first fault. */
export const parseComparison = (text: string, file: string): Comparison => {
  const refuse = (found: string, cause: unknown): never => {
    throw new HoldfastError('bad-run', `expected a comparison of schema v1, got ${found}`, {
      hint: 'compare again: holdfast compare BEFORE AFTER --format json',
      place: { file },
      cause,
    });
  };
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    return refuse('text that is no JSON', cause);
  }
  const result = comparisonSchema.safeParse(data);
  if (result.success) return result.data as Comparison;
  const issue = result.error.issues[0];
  const at = issue === undefined || issue.path.length === 0 ? 'the whole' : issue.path.map(String).join('.');
  return refuse(`a fault at ${at}: ${issue?.message ?? 'unknown'}`, result.error);
};
