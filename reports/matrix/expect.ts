import type { MatrixRow } from './schema.ts';
import { isLeftOut } from './trimmed.ts';

/**
 * What is not as expected of a stack, a sentence each; none where all is. A reference stack holds. A stack of defaults is broken
 * by just those attacks of the plan that its documentation admits: one more is news, and one less is an admission that was not
 * seen to be true. What did not run to its end is never as expected.
 */
export const unexpectedOf = (row: Omit<MatrixRow, 'asExpected' | 'unexpected'>): string[] => {
  if (row.error !== null) return [row.error.message];
  if (isLeftOut(row)) return [...row.reasons];
  if (row.partial) return ['the run was stopped before its end'];
  const failed = failedOf(row);
  if (row.defaults === null) {
    if (row.verdict === 'HOLDS') return [];
    const why = failed.length === 0 ? `: ${row.reasons.join('; ')}` : ` by ${failed.map(({ id }) => id).join(', ')}`;
    return [`expected that it holds, found ${row.verdict}${why}`];
  }
  const admitted = row.attacks.filter(({ explained }) => explained !== null);
  const wanted = admitted.length > 0 ? 'BROKEN' : 'HOLDS';
  return [
    ...(row.verdict === wanted
      ? []
      : [`expected ${wanted} of these defaults, found ${[row.verdict, ...row.reasons].join('; ')}`]),
    ...failed
      .filter(({ explained }) => explained === null)
      .map(({ id, title }) => `${id} (${title}) failed, which the documentation of the product does not admit`),
    ...admitted
      .filter(({ verdict }) => verdict !== 'fail')
      .map(
        ({ id, verdict, reason }) =>
          `${id} is admitted by the documentation of the product, but did not fail: ${verdict}${reason === null ? '' : `, ${reason}`}`,
      ),
  ];
};

/** The attacks that failed, those first that nothing explains. */
export const failedOf = ({ attacks }: Pick<MatrixRow, 'attacks'>): MatrixRow['attacks'] => {
  const failed = attacks.filter(({ verdict }) => verdict === 'fail');
  return [...failed.filter(({ explained }) => explained === null), ...failed.filter(({ explained }) => explained)];
};

/** The attacks that say nothing: not run, or not enough evidence. What does not apply to the stack is not among them. */
export const unknownOf = ({ attacks, notApplicable }: MatrixRow): MatrixRow['attacks'] =>
  attacks.filter(({ id, verdict }) => verdict === 'unknown' && !(id in notApplicable));
