/** From verdicts to a number and a letter. Pure; its weights and caps are one table with a version. */
export { score } from './score.ts';
export type { Scored } from './score.ts';
export { table } from './table.ts';
