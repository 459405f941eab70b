/**
 * The compilers from the one policy to the configuration of each load balancer and mesh. Pure: `(policy, stack) → files`, the same
 * bytes for the same inputs, so that what is enforced can be read, compared and patched before anything starts. What an
 * enforcer cannot express is refused with `inexpressible`; it is never weakened in silence.
 */
export { renderConfiguration } from './render.ts';
export { compilers } from './registry.ts';
export type { Compiler, Files, RenderInputs } from './compiler.ts';
export { hopsOfRequest, servicesOn } from './crossing.ts';
export type { Passing } from './crossing.ts';
export { matchesPath } from './path/index.ts';
export { inexpressible } from './inexpressible.ts';
export type { Inexpressible } from './inexpressible.ts';
