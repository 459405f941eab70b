import type { Part } from './bundle.ts';
import { ddmin } from './ddmin.ts';
import { latestStarts, nothingCut } from './narrow.ts';
import type { Cut } from './narrow.ts';

/** Does what is left after a cut still fail? Null where there is no more trying. */
export type Fails = (cut: Cut) => Promise<boolean | null>;

/** Shares of the traffic to try, smallest first. */
const shares = [0.1, 0.25, 0.5];

/**
 * Looks for the smallest cut that still fails: big cuts first (the attack alone, its own forms, the last two seconds, a tenth of the
 * traffic, all at once), then one dimension after the other, with delta debugging where a big cut cuts too much. `fails` remembers
 * what failed; `cutStart`: may the beginning be cut off?
 */
export const reduce = async (part: Part, attack: string, cutStart: boolean, fails: Fails): Promise<void> => {
  const all = nothingCut(part, attack);
  const starts = cutStart ? latestStarts(part, attack) : [0];
  const forms = part.own.length > 0 ? part.own : all.forms;
  const smallest: Cut = { others: [], forms, fromMs: starts[0]!, share: shares[0]! };
  const atOnce = await fails(smallest);
  if (atOnce === null) return;
  let current = smallest;
  if (!atOnce) {
    if ((await fails(all)) !== true) return;
    current = await oneByOne(all, smallest, starts, fails);
  }
  if (current.forms.length > 1) {
    const kept = await ddmin(current.forms, (forms) => fails({ ...current, forms }));
    current = { ...current, forms: kept };
  }
  // As little traffic as makes a load.
  await fails({ ...current, share: 0 });
};

/** Cuts in one dimension after the other, each as deep as it goes: attacks, forms, beginning, traffic. */
const oneByOne = async (all: Cut, smallest: Cut, starts: readonly number[], fails: Fails): Promise<Cut> => {
  let current = all;
  const adopt = async (change: Partial<Cut>): Promise<boolean> => {
    const changed = { ...current, ...change };
    if ((await fails(changed)) !== true) return false;
    current = changed;
    return true;
  };
  if (all.others.length > 0 && !(await adopt({ others: [] }))) {
    current = { ...current, others: await ddmin(all.others, (others) => fails({ ...current, others })) };
  }
  if (smallest.forms.length < all.forms.length && !(await adopt({ forms: smallest.forms }))) {
    current = { ...current, forms: await ddmin(all.forms, (forms) => fails({ ...current, forms })) };
  }
  for (const fromMs of starts) if (fromMs > 0 && (await adopt({ fromMs }))) break;
  for (const share of shares) if (await adopt({ share })) break;
  return current;
};
