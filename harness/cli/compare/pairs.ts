import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { HoldfastError } from '../../model/index.ts';
import type { Progress } from '../index.ts';
import { resolveSide } from './side.ts';
import type { MatrixSide, RunsSide, Side } from './side.ts';

/** Which runs are compared with which, a pair for each stack; and the stacks that a matrix has and the other one has not. */
export type Pairs = {
  readonly pairs: readonly (readonly [before: RunsSide, after: RunsSide])[];
  /** Stacks that only the side before has a run of: they cannot be compared, which must not look like a pass. */
  readonly lost: readonly string[];
  /** Stacks that only the side after has a run of. */
  readonly added: readonly string[];
};

/** Stacks of which a matrix has a run with a report, and its folder. */
const runsOf = ({ folder, matrix }: MatrixSide): ReadonlyMap<string, string> =>
  new Map(
    matrix.rows.flatMap((row) => {
      const own = row.folder === null ? null : join(folder, row.folder);
      return own === null || !existsSync(join(own, 'report.json')) ? [] : [[row.stack, own] as const];
    }),
  );

/**
 * Two runs are a pair; of two matrices, the runs of each stack that both have; of a run and a matrix, the run and that of the same
 * stack. Throws `usage` where there is no pair, and what `resolveSide` throws.
 */
export const pairsOf = async (before: Side, after: Side, progress: Progress): Promise<Pairs> => {
  if (before.kind === 'runs' && after.kind === 'runs') return { pairs: [[before, after]], lost: [], added: [] };
  const [a, b] = [before, after].map(stacksOf) as [ReadonlyMap<string, Found>, ReadonlyMap<string, Found>];
  const both = [...b.keys()].filter((stack) => a.has(stack));
  if (both.length === 0)
    throw new HoldfastError(
      'usage',
      `expected a stack that both have a run of, found ${[...a.keys()].join(', ') || 'none'} in ${before.label} and ${[...b.keys()].join(', ') || 'none'} in ${after.label}`,
      { hint: 'name runs or matrices of the same stacks' },
    );
  const load = async (found: Found): Promise<RunsSide> =>
    typeof found === 'string' ? ((await resolveSide(found, '', progress)) as RunsSide) : found;
  const pairs: (readonly [RunsSide, RunsSide])[] = [];
  for (const stack of both) pairs.push([await load(a.get(stack)!), await load(b.get(stack)!)]);
  const missing = (one: ReadonlyMap<string, Found>, other: ReadonlyMap<string, Found>, side: Side): string[] =>
    side.kind === 'matrix' ? [...one.keys()].filter((stack) => !other.has(stack)) : [];
  return { pairs, lost: missing(a, b, after), added: missing(b, a, before) };
};

/** A side that was read, or the folder of a run that is read when its turn comes. */
type Found = RunsSide | string;

const stacksOf = (side: Side): ReadonlyMap<string, Found> =>
  side.kind === 'matrix' ? runsOf(side) : new Map([[side.postures.at(-1)!.stack, side]]);
