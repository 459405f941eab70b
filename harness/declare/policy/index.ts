/** Reading the one policy: its form, and that its parts speak of each other truly. */
export { openPolicy, readPolicy } from './read.ts';
export type { OpenedPolicy } from './read.ts';
