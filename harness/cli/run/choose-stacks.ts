import { matchesGlob } from 'node:path';
import { discoverStacks } from '../../declare/stack/index.ts';
import { nearest } from '../../declare/yaml/index.ts';
import { HoldfastError } from '../../model/index.ts';
import type { Stack } from '../../model/index.ts';

/** Adds a value to those that an option was given before: `--stack a --stack b`. */
export const collect = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  value,
];

/** True where the values of --stack ask for several stacks, and so for a matrix: `all`, a glob, a list, or more than one value. */
export const asksForSeveral = (wanted: readonly string[]): boolean =>
  wanted.length > 1 || wanted.some((value) => value === 'all' || /[*?{}[\]\s]/.test(value));

/**
 * The stacks that the values of --stack name, each once: ids as they come, globs and `all` with the reference stacks first. A value may
 * be a list with spaces between, as a CI has it in one variable. Throws `usage` for a value that names none.
 */
export const chooseStacks = <T extends Pick<Stack, 'id' | 'defaults'>>(
  wanted: readonly string[],
  known: readonly T[],
): readonly T[] => {
  const ordered = [
    ...known.filter((stack) => stack.defaults === null),
    ...known.filter((stack) => stack.defaults !== null),
  ];
  const values = wanted.flatMap((value) => value.trim().split(/\s+/));
  const chosen = values.flatMap((value) => {
    const found = ordered.filter(({ id }) => value === 'all' || id === value || matchesGlob(id, value));
    if (found.length > 0) return found;
    const near = nearest(
      value,
      known.map(({ id }) => id),
    );
    throw new HoldfastError('usage', `expected a stack, found "${value}"`, {
      hint: near === undefined ? `there is: ${known.map(({ id }) => id).join(', ')}` : `did you mean "${near}"?`,
    });
  });
  return [...new Set(chosen)];
};

/** The stacks of this repository that the values name. Effects: reads files. */
export const stacksNamed = (wanted: readonly string[]): readonly Stack[] => chooseStacks(wanted, discoverStacks());
