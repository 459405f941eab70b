/** Plugins are folders: found here, never listed anywhere. */
export { discoverAttackMetas, discoverAttacks } from './attacks.ts';
export type { DiscoveredAttack } from './attacks.ts';
export { byId } from './folders.ts';
export { compilersOf, discoverProducts, endpointsOf, logOf } from './products.ts';
export type { Product } from './products.ts';
export { projectRoot } from './root.ts';
export { discoverSabotages } from './sabotages.ts';
export type { ByHand, Sabotage } from './sabotages.ts';
