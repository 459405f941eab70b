/**
 * Interception (M5, M16): taking over a hop's address in the caller's network namespace, and what then stands there: mitmproxy or
 * an impostor. See docs/decisions/0003-interception-by-address.md.
 */
export { readEvent } from './events.ts';
export type { InterceptorEvent } from './events.ts';
export type { Certificates, PemPair } from './containers.ts';
export { startInterceptors } from './interceptors.ts';
export type { Interceptors, InterceptorsSpec } from './interceptors.ts';
export { layOut } from './layout.ts';
export type { Placement } from './layout.ts';
export { giveBack, leaveNothing, takeOver } from './ruleset.ts';
export type { Diversion } from './ruleset.ts';
export { checkNetwork, composeServiceOf, findTarget } from './targets.ts';
export type { Scope, Target } from './targets.ts';
export { assign, runWindows } from './windows.ts';
export type { RawWindow, WindowEvent } from './windows.ts';
