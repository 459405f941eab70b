import type { Sabotage } from '../../declare/discover/index.ts';
import { HoldfastError } from '../../model/index.ts';
import type { Stack } from '../../model/index.ts';
import { asksForSeveral, chooseStacks } from './choose-stacks.ts';

/**
 * The sabotages to measure on each stack that the values of --stack name. Of several stacks those without any are left out. Throws
 * `usage` where nothing is left, and for a single stack that is not there or has none.
 */
export const chooseSabotages = (
  wanted: readonly string[],
  stacks: readonly Stack[],
  all: readonly Sabotage[],
  selected: (sabotage: Sabotage) => boolean,
): ReadonlyMap<string, readonly Sabotage[]> => {
  const named = chooseStacks(wanted, stacks).map(({ id }) => id);
  const of = (stack: string): readonly Sabotage[] => all.filter((sabotage) => sabotage.stacks.includes(stack));
  const chosen = new Map(
    named.map((id) => [id, of(id).filter(selected)] as const).filter(([, sabotages]) => sabotages.length > 0),
  );
  if (chosen.size > 0) return chosen;
  const there = named.flatMap((id) => of(id).map((sabotage) => sabotage.id));
  throw new HoldfastError(
    'usage',
    `expected a sabotage of ${asksForSeveral(wanted) ? 'these stacks' : named.join(', ')} to match, found none`,
    {
      hint:
        there.length === 0
          ? `stacks that have sabotages: ${[...new Set(all.flatMap((sabotage) => sabotage.stacks))].join(', ')}`
          : `there is: ${[...new Set(there)].join(', ')}`,
    },
  );
};
