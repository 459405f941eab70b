import { discoverStacks } from '../../declare/stack/index.ts';
import { HoldfastError } from '../../model/index.ts';
import type { Stack } from '../../model/index.ts';

/** The stack of an id. Throws `usage` where there is none of it: an id names folders and labels too, so it is never a path. */
export const stackNamed = (id: string): Stack => {
  const stacks = discoverStacks();
  const found = stacks.find((stack) => stack.id === id);
  if (found !== undefined) return found;
  throw new HoldfastError('usage', `expected a stack, found "${id}"`, {
    hint: `there is: ${stacks.map((stack) => stack.id).join(', ')}`,
  });
};
