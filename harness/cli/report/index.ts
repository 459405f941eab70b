/** What `holdfast report` does beside its flags: which formats are meant, what they are rendered with, where they are written. */
export { chooseOutputs } from './choose.ts';
export type { Output } from './choose.ts';
export { renderFolder } from './render.ts';
export { writeOutput } from './write.ts';
