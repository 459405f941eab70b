/**
 * Builders of attack forms, shared by the folders under scenarios/attacks: what is legitimate on a stack under a policy, so
 * that each attack states only what it changes about it. Pure.
 */
export { alteredTokens, edgeForm, requestOf } from './edge.ts';
export { bystander, crossedHops, interceptionForm, uncrossedHops } from './interception.ts';
export { meshForm, permittedCall, permittedTwin } from './mesh.ts';
export type { PermittedCall } from './mesh.ts';
export { covers, grants, instance } from './paths.ts';
export {
  attackerOf,
  claimsOf,
  deepestRoute,
  distinct,
  guardedRoute,
  isOpen,
  openRoute,
  pathFor,
  routesOf,
  tokenOf,
  victimOf,
} from './routes.ts';
export type { AppAndPolicy, Route } from './routes.ts';
export { sampleRequest } from './sample.ts';
export type { SampleRequest } from './sample.ts';
