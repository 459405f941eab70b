/**
 * The corpus of parity: requests that come near the edges of a policy from all sides. A pure function of policy and stack; the
 * schedule draws from it by its seed. `comparisonForm` adds what the policy says of each, and its twin.
 */
export { edgeCorpus } from './edge.ts';
export { comparisonForm } from './form.ts';
export { meshCorpus } from './mesh.ts';
export type { Case } from './case.ts';
