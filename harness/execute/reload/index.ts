/** Reloads: an edge is made to take another configuration and its own again, while it serves. */
export { runReloads } from './storm.ts';
export type { RawReload, Storm, StormInputs } from './storm.ts';
