/**
 * The attackers: what k6 cannot send (a client certificate for each request, plaintext, HTTP as raw as a form wants it), from
 * inside the run's own networks, on the schedule. One agent stands outside, one in the mesh; nothing leaves the run's subnets.
 */
export { startAgents } from './agents.ts';
export type { Agents, AgentsPlace } from './agents.ts';
export type { Credentials, Volley } from './compile.ts';
export { timeoutMs } from './compile.ts';
export { markersOf } from './agent/fill.ts';
export { recipeKey, recipesOf } from './recipes.ts';
export type { Recipes } from './recipes.ts';
export type { Fired, RawAttempt, RawTwin } from './results.ts';
