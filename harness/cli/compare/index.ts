/** What `compare` and `baseline` share: which runs are meant by a word on the command line, and the files that keep baselines. */
export { baselineFile, baselineNames, baselinesFolder, mostRuns, readBaseline, writeBaseline } from './baseline.ts';
export type { StoredBaseline } from './baseline.ts';
export { composeBaseline, doubtOf } from './compose-baseline.ts';
export { outputsOf, writeOutput } from './outputs.ts';
export type { Output } from './outputs.ts';
export { withFiles } from './files.ts';
export { pairsOf } from './pairs.ts';
export type { Pairs } from './pairs.ts';
export { resolveSide } from './side.ts';
export type { MatrixSide, RunsSide, Side } from './side.ts';
