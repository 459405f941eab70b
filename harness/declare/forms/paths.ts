import type { Call } from '../../model/index.ts';

/** True where the policy's path pattern (exact, `/prefix/**`, `{sub}` for a whole segment) covers the path. Pure. */
export const covers = (pattern: string, path: string, subject: string): boolean => {
  const wanted = pattern.split('/');
  const given = path.split('/');
  const open = wanted.at(-1) === '**';
  if (open) wanted.pop();
  // `/prefix/**` stands for what is below the prefix, not for the prefix itself.
  if (open ? given.length <= wanted.length : given.length !== wanted.length) return false;
  return wanted.every((segment, i) => (segment === '{sub}' ? given[i] === subject : given[i] === segment));
};

/** True where the matrix of the mesh grants this method and path to the call's caller. Pure. */
export const grants = (call: Call, method: string, path: string, subject: string): boolean =>
  call.methods.includes(method) && call.paths.some((pattern) => covers(pattern, path, subject));
