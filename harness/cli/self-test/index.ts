/** What `holdfast self-test` (npm test) runs, and how it counts. */
export { buildTap, checks, pureJobs, runCheck, runTap, testFiles } from './steps.ts';
export { add, closingLine, noTests } from './tally.ts';
