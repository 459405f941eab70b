import { readFileSync } from 'node:fs';
import { applyPatch, parsePatch } from 'diff';
import { HoldfastError } from '../../model/index.ts';

/**
 * Applies the unified diff in `diffFile` to the text of a file called `target`; every line of context must be there. Throws
 * `bad-input` where it does not apply, and where it changes nothing: a change that is not there would be tested in vain.
 */
export const patchText = (text: string, target: string, diffFile: string): string => {
  const refuse = (expected: string, found: string, hint: string, cause?: unknown): never => {
    throw new HoldfastError('bad-input', `expected ${expected}, found ${found}`, {
      hint,
      place: { file: diffFile },
      cause,
    });
  };
  const parsed = (): ReturnType<typeof parsePatch> => {
    try {
      return parsePatch(readFileSync(diffFile, 'utf8'));
    } catch (cause) {
      return refuse('a unified diff', 'something else', `make one with: diff -u ${target} changed`, cause);
    }
  };
  const [patch, ...more] = parsed();
  const hunks = patch?.hunks ?? [];
  // The parser takes a header that it cannot read for a hunk of no lines at no place, and applying that empties the file.
  const whole = hunks.every(({ oldStart, newStart }) => Number.isInteger(oldStart) && Number.isInteger(newStart));
  if (patch === undefined || more.length > 0 || hunks.length === 0 || !whole)
    return refuse(`a unified diff of ${target} alone`, 'another thing', `make one with: diff -u ${target} changed`);
  const after = applyPatch(text, patch);
  if (after === false)
    return refuse(
      `a diff that applies to ${target}`,
      'lines that are not there',
      `look at ${target} as it is rendered: npx holdfast run PLAN --render DIR`,
    );
  if (after === text)
    return refuse(`a change to ${target}`, 'a diff after which it is the same', 'remove the diff, or mend it');
  return after;
};
