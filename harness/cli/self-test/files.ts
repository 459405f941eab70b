import { dirname, relative } from 'node:path';
import { execa } from 'execa';
import { condense } from './reporter.ts';
import { root } from './steps.ts';
import { add, noTests, readTotals } from './tally.ts';
import type { Tally } from './tally.ts';

/** The test that runs several test files in its process. */
const together = 'test/support/together.ts';

/** How files are run: so many processes at once, and how long one may take; it may take as long again to end, `graceMs` at most. */
export type Limits = { readonly jobs: number; readonly timeoutSeconds: number; readonly graceMs?: number };

/** What a group of files is called: its folder and their names. */
const nameOf = (files: readonly string[]): string =>
  files.length === 1
    ? files[0]!
    : `${dirname(files[0]!)}: ${files.map((file) => relative(dirname(files[0]!), file).replace(/\.test\.ts$/, '')).join(', ')}`;

/** How many were started. */
let number = 0;

/**
 * Runs a test file as a program of its own, which is all that a file of tap is, or a group of them in one. `tap run` would load it through hooks that note what
 * it imports, for coverage: that costs as much again as the tests. Types are stripped in place, so traces show the right lines without
 * source maps. Prints what `condense` makes of it, at once.
 */
const runFile = async (
  files: readonly string[],
  { timeoutSeconds, graceMs = 10_000 }: Limits,
  print: (line: string) => void,
  signal: AbortSignal,
): Promise<Tally> => {
  const began = performance.now();
  const name = nameOf(files);
  // Its argument names what a test of it leaves on disk: two groups at once have two.
  number += 1;
  const result = await execa(process.execPath, files.length === 1 ? [...files] : [together, String(number)], {
    cwd: root,
    reject: false,
    stdin: 'ignore',
    stderr: 'inherit',
    env: { TAP_TIMEOUT: String(timeoutSeconds), HOLDFAST_TEST_FILES: JSON.stringify(files) },
    timeout: timeoutSeconds * 1000 + graceMs,
    forceKillAfterDelay: 5000,
    cancelSignal: signal,
  });
  signal.throwIfAborted();
  const totals = readTotals(result.stdout) ?? noTests;
  const nothing = totals.passed + totals.failed + totals.skipped === 0;
  // A crash outside any assertion shows in the exit code alone, and a file that tests nothing is no pass.
  const tally = totals.failed === 0 && (result.failed || nothing) ? { ...totals, failed: 1 } : totals;
  const { line } = condense(print);
  line(`# Subtest: ${name}`);
  for (const one of result.stdout.split('\n')) line(`    ${one}`);
  line(`${tally.failed === 0 ? 'ok' : 'not ok'} 1 - ${name} # time=${Math.round(performance.now() - began)}ms`);
  if (tally.failed > 0)
    line(`  ended with ${result.exitCode ?? result.signal ?? 'nothing'}${nothing ? ', and no tests were found' : ''}`);
  return tally;
};

/** What runs one group; the default is a process of its own. */
export type RunOne = typeof runFile;

/** Runs groups of test files, so many at once, and adds up what they counted. */
export const runFiles = async (
  groups: readonly (readonly string[])[],
  limits: Limits,
  print: (line: string) => void,
  signal: AbortSignal,
  run: RunOne = runFile,
): Promise<Tally> => {
  const left = [...groups];
  let tally = noTests;
  const work = async (): Promise<void> => {
    for (let group = left.shift(); group !== undefined; group = left.shift()) {
      const one = await run(group, limits, print, signal);
      tally = add(tally, one);
    }
  };
  await Promise.all(Array.from({ length: limits.jobs }, work));
  return tally;
};
