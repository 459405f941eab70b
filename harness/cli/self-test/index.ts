/** What `holdfast self-test` (npm test) runs, and how it counts. */
export { runFiles } from './files.ts';
export { inGroups } from './groups.ts';
export { imagesForTests } from './images.ts';
export { bringImages, runStackTests } from './stacks.ts';
export { buildTap, checks, pureJobs, runCheck, runTap, testFiles } from './steps.ts';
export { add, closingLine, noTests } from './tally.ts';
