import type { Random } from './random.ts';
import { shuffle } from './random.ts';

/** A form of an interception, as far as coverage is concerned. `index` is its place in the attack's forms. */
export type Cell = { readonly index: number; readonly variant: string; readonly target: string };

/**
 * The forms of an interception in an order in which any beginning covers as many variants and hops as it can; where there is
 * room for some windows only, the first ones are taken. `needed`: how many it takes until each variant and each hop stood once.
 */
export const coverOrder = (
  cells: readonly Cell[],
  random: Random,
): { readonly order: readonly number[]; readonly needed: number } => {
  const left = [...shuffle(cells, random)];
  const order: number[] = [];
  const variants = new Set<string>();
  const targets = new Set<string>();
  let needed = 0;
  while (left.length > 0) {
    const gain = ({ variant, target }: Cell): number => Number(!variants.has(variant)) + Number(!targets.has(target));
    const best = left.reduce((a, b) => (gain(b) > gain(a) ? b : a));
    if (gain(best) > 0) needed = order.length + 1;
    order.push(best.index);
    variants.add(best.variant);
    targets.add(best.target);
    left.splice(left.indexOf(best), 1);
  }
  return { order, needed };
};
