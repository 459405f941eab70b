import type { Call, Rule } from '../../model/index.ts';
import { matchesPath } from '../../policy/index.ts';
import { parsePath } from '../../policy/path/index.ts';

/** True where the policy's path pattern covers the path for a subject: read as every compiler reads it. Pure. */
export const covers = matchesPath;

/** True where a rule or a call of the policy is about this method and path, for a subject; who asks is another matter. Pure. */
const isAbout = (
  part: Pick<Rule | Call, 'methods' | 'paths'>,
  method: string,
  path: string,
  subject: string,
): boolean => part.methods.includes(method) && part.paths.some((pattern) => covers(pattern, path, subject));

/** True where the matrix of the mesh grants this method and path to the call's caller. Pure. */
export const grants = (call: Call, method: string, path: string, subject: string): boolean =>
  isAbout(call, method, path, subject);

/** True where a rule of the edge grants this method and path to whom it is for. Pure. */
export const grantsRule = (rule: Rule, method: string, path: string, subject: string): boolean =>
  isAbout(rule, method, path, subject);

/** What stands below a path that ends in `/**`. */
const below = 'a1';

/** A path of the policy for a subject, as its shortest request. */
export const instance = (pattern: string, subject: string): string => {
  const { segments, below: deeper } = parsePath(pattern);
  const fixed = segments.map((segment) => `/${typeof segment === 'string' ? segment : subject}`).join('');
  return deeper ? `${fixed}/${below}` : fixed || '/';
};
