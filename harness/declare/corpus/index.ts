/**
 * The corpus of parity: requests that come near the edges of a policy from all sides, each with what the policy says of it. A pure
 * function of policy and stack; the schedule draws from it by its seed. `permittedTwin` and the routes of the replay are twins.
 */
export { edgeCorpus } from './edge.ts';
export { meshCorpus } from './mesh.ts';
