/** Gates: what of a comparison matters, and how sure it must be; read and validated before anything is compared. */
export { defaultGate, gateIds, openGate } from './read.ts';
export type { OpenedGate } from './read.ts';
export { gateSchema } from './schema.ts';
