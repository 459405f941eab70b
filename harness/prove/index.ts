/**
 * From a finished run's folder to a proof that anybody can check without a network: the manifest of its files, signed in two
 * in-toto statements (DSSE, Ed25519), and the steps that verify them. Signs bytes, never objects.
 */
export { loadPublicKey, loadSigningKey } from './key.ts';
export type { SigningKey, TrustedKey } from './key.ts';
export { proofFiles } from './manifest.ts';
export { proveRun } from './prove.ts';
export { verifyRun } from './verify.ts';
export type { Step, Verification } from './verify.ts';
