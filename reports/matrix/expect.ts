import type { MatrixRow } from './schema.ts';
import { isLeftOut } from './trimmed.ts';

/**
 * What is not as expected of a stack, a sentence each; none where all is. A reference stack holds. A stack of defaults is broken by
 * just those attacks of the plan that got through where it was measured: one more is news, and so is one less, or one of which nothing
 * was measured. An attack that is unknown is neither a pass nor an admission, and not expected to be one. What did not run to its end is
 * never as expected.
 */
export const unexpectedOf = (row: Omit<MatrixRow, 'asExpected' | 'unexpected'>): string[] => {
  if (row.error !== null) return [row.error.message];
  if (isLeftOut(row)) return [...row.reasons];
  if (row.partial) return ['the run was stopped before its end'];
  const { defaults } = row;
  if (defaults === null) {
    if (row.verdict === 'HOLDS') return [];
    const failed = failedOf(row);
    const why = failed.length === 0 ? `: ${row.reasons.join('; ')}` : ` by ${failed.map(({ id }) => id).join(', ')}`;
    return [`expected that it holds, found ${row.verdict}${why}`];
  }
  if (defaults.measured === null) return ['nothing is expected of it yet: look at this run, then npx holdfast expect'];
  const { run } = defaults.measured;
  const known = row.attacks.filter(({ id }) => !defaults.unmeasured.includes(id));
  const wanted = known.some((attack) => isExpected(row, attack)) ? 'BROKEN' : 'HOLDS';
  return [
    ...(row.verdict === wanted
      ? []
      : [`expected ${wanted} of these defaults, found ${[row.verdict, ...row.reasons].join('; ')}`]),
    ...row.attacks
      .filter(({ id }) => defaults.unmeasured.includes(id) && !(id in row.notApplicable))
      .map(({ id, title, verdict }) => `${id} (${title}): ${verdict}, and nothing was measured of it in run ${run}`),
    ...known
      .filter((attack) => attack.verdict === 'fail' && !isExpected(row, attack))
      .map(({ id, title }) => `${id} (${title}) failed, which it did not in run ${run}`),
    ...known
      .filter((attack) => attack.verdict !== 'fail' && isExpected(row, attack))
      .map(
        ({ id, verdict, reason }) =>
          `${id} got through in run ${run}, but did not fail: ${verdict}${reason === null ? '' : `, ${reason}`}`,
      ),
  ];
};

/** Is it expected to get through, as it did where the stack was measured? */
export const isExpected = ({ defaults }: Pick<MatrixRow, 'defaults'>, { id }: { readonly id: string }): boolean =>
  defaults !== null && Object.hasOwn(defaults.admits, id);

/** The attacks that failed, those first that were not expected to. */
export const failedOf = (row: Pick<MatrixRow, 'attacks' | 'defaults'>): MatrixRow['attacks'] => {
  const failed = row.attacks.filter(({ verdict }) => verdict === 'fail');
  return [...failed.filter((one) => !isExpected(row, one)), ...failed.filter((one) => isExpected(row, one))];
};

/** The attacks that say nothing: not run, or not enough evidence. What does not apply to the stack is not among them. */
export const unknownOf = ({ attacks, notApplicable }: MatrixRow): MatrixRow['attacks'] =>
  attacks.filter(({ id, verdict }) => verdict === 'unknown' && !(id in notApplicable));
