/** Everything that a run is made of, read and validated before anything is started. */
export { adviceFor, placesOfSides, readAdvice } from './advice.ts';
export { declareRun } from './declare.ts';
export type { DeclareOptions, Declared, DeclaredAttack, Recorded } from './declare.ts';
export { digestFolders, digestHarness, digestOf, filesBelow, sabotageOf, sha256 } from './digests.ts';
export { requestText } from './request-text.ts';
