import type { Call } from '../../model/index.ts';
import { matchesPath } from '../../policy/index.ts';

/** True where the policy's path pattern covers the path for a subject: read as every compiler reads it. Pure. */
export const covers = matchesPath;

/** True where the matrix of the mesh grants this method and path to the call's caller. Pure. */
export const grants = (call: Call, method: string, path: string, subject: string): boolean =>
  call.methods.includes(method) && call.paths.some((pattern) => covers(pattern, path, subject));
