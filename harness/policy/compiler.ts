import type { Policy, Stack } from '../model/index.ts';

/** Files of a configuration: path from its root → content. */
export type Files = ReadonlyMap<string, string>;

/** What a configuration needs beside policy and stack: the day (`YYYY-MM-DD`, UTC), for a waiver past its last day is none. */
export type RenderInputs = { readonly today: string };

/** Compiles a policy into the configuration of one side of a stack. Throws `inexpressible`. */
export type Compiler = (policy: Policy, stack: Stack) => Files;
