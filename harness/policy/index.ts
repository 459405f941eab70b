/**
 * From the one policy to the configuration of each load balancer and mesh. Pure: `(policy, stack) → files`, the same bytes for the
 * same inputs, so that what is enforced can be read, compared and patched before anything starts. The compilers lie with their products
 * (`fixtures/products`) and are handed in; here is what all of them share. What an enforcer cannot express is refused with
 * `inexpressible`; it is never weakened in silence.
 */
export { renderConfiguration } from './render.ts';
export type { Compiler, Compilers, Files, RenderInputs } from './compiler.ts';
export { hopsOfRequest, servicesOn } from './crossing.ts';
export type { Passing } from './crossing.ts';
export { canonicalPath, matchesPath, parsePath, regexOf } from './path/index.ts';
export { inexpressible } from './inexpressible.ts';
export type { Inexpressible } from './inexpressible.ts';
export { checkEdgeCalls, checkMeshCalls } from './calls.ts';
export { identityHeaders, subjectHeader } from './identity-headers.ts';
export { outboundPort, outboundPortsOf, upstreamOf } from './upstream.ts';
export type { UpstreamTarget } from './upstream.ts';
