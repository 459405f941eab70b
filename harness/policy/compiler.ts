import type { Policy, Stack } from '../model/index.ts';

/** Files of a configuration: path from its root → content. */
export type Files = ReadonlyMap<string, string>;

/** Compiles a policy into the configuration of one side of a stack. Throws `inexpressible`. */
export type Compiler = (policy: Policy, stack: Stack) => Files;

/** Compilers for each side, by the ids that a stack names. */
export type Compilers = {
  readonly edge: Readonly<Record<string, Compiler>>;
  readonly mesh: Readonly<Record<string, Compiler>>;
};

/**
 * What a configuration needs beside policy and stack: the day (`YYYY-MM-DD`, UTC), for a waiver past its last day is none, and the
 * compilers that there are.
 */
export type RenderInputs = { readonly today: string; readonly compilers: Compilers };
