/** Stacks: a compose file and a `stack.yaml` in a folder, discovered, never listed. */
export { discoverStacks, readStack } from './read.ts';
export { expectationText, readExpectation } from './expectation.ts';
export { hopsOf, membersOf } from './hops.ts';
