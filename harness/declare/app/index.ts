/** Apps: services, routes and users in a folder of `fixtures/apps`, named by a stack. */
export { readApp } from './read.ts';
