/**
 * Builders of attack forms, shared by the folders under scenarios/attacks: what is legitimate on a stack under a policy, so
 * that each attack states only what it changes about it. Pure.
 */
export { alteredTokens, edgeForm, requestOf } from './edge.ts';
export { bystander, interceptionForm } from './interception.ts';
export { meshForm, permittedCall, permittedTwin } from './mesh.ts';
export type { PermittedCall } from './mesh.ts';
export { covers, grants } from './paths.ts';
export { attacker, claimsOf, routeOf, routesOf, tokenOf, victim } from './routes.ts';
export type { Route } from './routes.ts';
