import { ratesOf } from '../../compare/index.ts';
import { HoldfastError } from '../../model/index.ts';
import type { Baseline, Posture } from '../../model/index.ts';
import { sentence } from '../../../reports/text/index.ts';

type Run = Baseline['runs'][number];

/** What all runs of a baseline have in common: without it they are not runs of the same. */
const common = [
  ['plan', ({ plan }: Posture) => plan],
  ['stack', ({ stack }: Posture) => stack],
  ['content of the plan', ({ digests }: Posture) => digests['plan']?.slice(0, 12) ?? '–'],
  ['--only', ({ only }: Posture) => only ?? 'none'],
] as const;

/**
 * A baseline of these runs, oldest first, each once, and the newest `most` of them. Pure. Throws `usage` where they are not runs of
 * one plan on one stack.
 */
export const composeBaseline = (name: string, runs: readonly Run[], most: number): Baseline => {
  const ordered = [...new Map(runs.map((run) => [run.posture.run, run])).values()].toSorted((a, b) =>
    keyOf(a) < keyOf(b) ? -1 : 1,
  );
  const newest = ordered.at(-1);
  if (newest === undefined) throw new HoldfastError('usage', 'expected at least one run, found none');
  for (const [what, of] of common) {
    const other = ordered.find(({ posture }) => of(posture) !== of(newest.posture));
    if (other === undefined) continue;
    throw new HoldfastError(
      'usage',
      `expected runs of one plan on one stack, found another ${what}: ${of(other.posture)} in run ${other.posture.run}, ${of(newest.posture)} in run ${newest.posture.run}`,
      {
        hint: 'a baseline for each: holdfast baseline set OTHER-NAME RUN; without --add the runs that it has are left out',
      },
    );
  }
  const kept = ordered.slice(-most);
  const runsOf = kept.map((run, i) => (i < kept.length - 1 ? { ...run, posture: ratesOf(run.posture) } : run));
  return { schema: 'https://holdfast.dev/baseline/v2', name, runs: runsOf };
};

const keyOf = ({ posture }: Run): string => `${posture.startedAt} ${posture.run}`;

/** Why a run had better not be compared with; null where it may. `bars` is true where nothing in it can be relied on. */
export const doubtOf = ({
  verdict,
  partial,
  reasons,
}: Posture): { readonly text: string; readonly bars: boolean } | null => {
  if (partial) return { text: 'it was stopped before its end: what was not run cannot be compared', bars: true };
  const why = reasons[0] === undefined ? '' : `: ${sentence(reasons[0])}`;
  if (verdict === 'INVALID') return { text: `it is INVALID${why}`, bars: true };
  if (verdict === 'HOLDS') return null;
  return { text: `it is ${verdict}${why}; a comparison with it reports what gets worse still`, bars: false };
};
