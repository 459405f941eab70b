import type { Policy, Stack } from '../model/index.ts';

/** Files of a configuration: path from its root → content. */
export type Files = ReadonlyMap<string, string>;

/** A JSON Web Key Set (RFC 7517) with public keys only. */
export type PublicKeys = { readonly keys: readonly object[] };

/** What a configuration needs beside policy and stack: the issuer's public keys, and the text of the stack's compose file. */
export type RenderInputs = { readonly jwks: PublicKeys; readonly compose: string };

/** Compiles a policy into the configuration of one side of a stack. Throws `inexpressible`. */
export type Compiler = (policy: Policy, stack: Stack, inputs: { readonly jwks: PublicKeys }) => Files;
