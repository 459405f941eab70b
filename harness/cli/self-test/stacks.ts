import { ensureImages } from '../../execute/engine/index.ts';
import { runTap } from './steps.ts';
import { add, noTests } from './tally.ts';
import type { Tally } from './tally.ts';

/** The longest that one file of tests with containers may take; one that has to make an image first takes the longest. */
const longestS = 1200;

/**
 * Brings images, one after another. One that cannot be had is a failure, and the others go on: what does not need it is tested all
 * the same.
 */
export const bringImages = async (
  names: readonly string[],
  progress: (line: string) => void,
  print: (line: string) => void,
  signal: AbortSignal,
): Promise<Tally> => {
  let failed = 0;
  for (const name of names) {
    try {
      await ensureImages([name], progress, signal);
    } catch (error) {
      signal.throwIfAborted();
      print(`not ok image ${name}: ${(error as Error).message}`);
      failed += 1;
    }
  }
  return { ...noTests, failed };
};

/** What runs one file; the default is tap. */
export type RunFile = (file: string, timeoutSeconds: number) => Promise<Tally>;

/**
 * Runs files of tests with containers one after another, each in a tap of its own, so that what was counted stays counted. When
 * the time is up the rest is not run, and each file of it is a failure that says so. `left`: milliseconds that are left.
 */
export const runStackTests = async (
  files: readonly string[],
  left: () => number,
  print: (line: string) => void,
  signal: AbortSignal,
  run: RunFile = (file, timeoutSeconds) => runTap([file], { jobs: 1, timeoutSeconds }, print, signal),
): Promise<Tally> => {
  let tally = noTests;
  for (const file of files) {
    const seconds = Math.floor(left() / 1000);
    if (seconds < 1) {
      print(`not ok ${file}: not run, the time is up (--minutes)`);
      tally = add(tally, { ...noTests, failed: 1 });
    } else tally = add(tally, await run(file, Math.min(longestS, seconds)));
  }
  return tally;
};
