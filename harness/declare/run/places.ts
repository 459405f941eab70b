import { isAbsolute, relative, sep } from 'node:path';
import type { AttackMeta, SourcePlace } from '../../model/index.ts';
import { projectRoot } from '../discover/index.ts';
import { wants } from '../plan/index.ts';
import type { OpenedPlan } from '../plan/index.ts';
import type { OpenedPolicy } from '../policy/index.ts';

/** A path as a report may show it: from the root of the project, or from the working directory where the file is the user's own. */
export const shownPath = (file: string, root: string, cwd: string): string => {
  const within = relative(root, file);
  const path = within.startsWith('..') || isAbsolute(within) ? relative(cwd, file) : within;
  return path.split(sep).join('/');
};

/** Where the parts of the policy stand, and in the plan the line that asks for each attack. */
export const placesOf = (
  policy: OpenedPolicy,
  { plan, file, attackLines }: OpenedPlan,
  attacks: readonly AttackMeta[],
  { root = projectRoot, cwd = process.cwd() }: { readonly root?: string; readonly cwd?: string } = {},
): readonly SourcePlace[] => {
  const [policyFile, planFile] = [shownPath(policy.file, root, cwd), shownPath(file, root, cwd)];
  return [
    ...[...policy.lines].map(([part, line]) => ({ file: policyFile, line, part })),
    ...attacks.flatMap((meta) => {
      const line = attackLines[plan.attacks.findIndex((glob) => wants([glob], meta))];
      return line === undefined ? [] : [{ file: planFile, line, part: `attacks.${meta.id}` }];
    }),
  ];
};
