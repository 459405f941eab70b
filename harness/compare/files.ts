import { createTwoFilesPatch } from 'diff';
import type { FileDifference } from '../model/index.ts';
import { newest } from './input.ts';
import type { SideInput } from './input.ts';

/** A reader looks for the line that changed, not for a listing. */
const mostLines = 200;

/** Where the configuration or the policy of two sides differ, line by line; `unknown` says why that cannot be shown, or null. */
export const fileDifferences = (
  before: SideInput,
  after: SideInput,
): { readonly files: FileDifference[]; readonly unknown: string | null } => {
  const [a, b] = [before.files, after.files];
  if (a === null || b === null) {
    const differing = ['configuration', 'policy'].filter(
      (name) => newest(before).digests[name] !== newest(after).digests[name],
    );
    const side = a === null ? before.label : after.label;
    const unknown =
      differing.length === 0
        ? null
        : `the ${differing.join(' and the ')} ${differing.length > 1 ? 'differ' : 'differs'}; ${side} holds digests alone, so name the folders of the runs to see the lines`;
    return { files: [], unknown };
  }
  const names = [...new Set([...a.keys(), ...b.keys()])].toSorted();
  const files = names.flatMap((file): FileDifference[] => {
    const [one, other] = [a.get(file), b.get(file)];
    if (one === other) return [];
    const patch = createTwoFilesPatch(
      one === undefined ? '/dev/null' : `before/${file}`,
      other === undefined ? '/dev/null' : `after/${file}`,
      one ?? '',
      other ?? '',
      undefined,
      undefined,
      { context: 2 },
    );
    const lines = patch.trimEnd().split('\n').slice(1);
    return [{ file, diff: lines.slice(0, mostLines).join('\n'), cut: lines.length > mostLines }];
  });
  return { files, unknown: null };
};
