/** The paths of a policy, and what they mean. Every compiler goes through here, so that they cannot read them differently. */
export { canonicalPath, matchesPath, parsePath, regexOf } from './pattern.ts';
export type { PathPattern } from './pattern.ts';
