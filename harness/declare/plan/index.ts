/** Plans: read, validated, and checked against what they name, before anything is started. */
export { openPlan, readPlan } from './read.ts';
export type { OpenedPlan } from './read.ts';
export { selects } from './select.ts';
