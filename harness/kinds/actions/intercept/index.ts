/**
 * Interception (M5, M16): taking over a hop's address in the caller's network namespace, and what then stands there: mitmproxy or
 * an impostor. See docs/decisions/0003-interception-by-address.md.
 */
export { action } from './op.ts';
export type { InterceptData, Interception } from './op.ts';
