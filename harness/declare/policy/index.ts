/** Reading the one policy: its form, and that its parts speak of each other truly. */
export { readPolicy } from './read.ts';
