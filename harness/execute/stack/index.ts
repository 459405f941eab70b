/** A stack as running containers: brought up from its compose file, found again by its labels, waited for. */
export { composeVariables, startCompose } from './compose.ts';
export type { ComposeInputs } from './compose.ts';
export { containersOf } from './containers.ts';
export type { Member } from './containers.ts';
export { overrideFor } from './override.ts';
export { awaitReady } from './ready.ts';
export { checkNetwork, composeServiceOf, findTarget } from './targets.ts';
export type { Scope, Target } from './targets.ts';
export { writeWorkload } from './workload.ts';
