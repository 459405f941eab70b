/** How a run is shown while it goes on: a view in a terminal, plain lines in a log. Commands pass it on with their context. */
export type { Live } from './live.ts';
export { openLive } from './open.ts';
export type { Part } from './parts.ts';
