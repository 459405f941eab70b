/** Containers of the harness that live as long as it does, driven through `docker run` with their standard streams attached. */
export { runAttached, untilReady } from './attached.ts';
export type { Attached, AttachedSpec } from './attached.ts';
