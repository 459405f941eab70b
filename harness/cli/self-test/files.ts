import { execa } from 'execa';
import { condense } from './reporter.ts';
import { root } from './steps.ts';
import { add, noTests, readTotals } from './tally.ts';
import type { Tally } from './tally.ts';

/** How long after its own time-out a file may take to end. */
const graceMs = 10_000;

/**
 * Runs one test file as a program of its own, which is all that a file of tap is. `tap run` would load it through hooks that note what
 * it imports, for coverage: that costs as much again as the tests. Types are stripped in place, so traces show the right lines without
 * source maps. Prints what `condense` makes of it, at once.
 */
const runFile = async (
  file: string,
  timeoutSeconds: number,
  print: (line: string) => void,
  signal: AbortSignal,
): Promise<Tally> => {
  const began = performance.now();
  const result = await execa(process.execPath, [file], {
    cwd: root,
    reject: false,
    stdin: 'ignore',
    stderr: 'inherit',
    env: { TAP_TIMEOUT: String(timeoutSeconds) },
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
  line(`# Subtest: ${file}`);
  for (const one of result.stdout.split('\n')) line(`    ${one}`);
  line(`${tally.failed === 0 ? 'ok' : 'not ok'} 1 - ${file} # time=${Math.round(performance.now() - began)}ms`);
  if (tally.failed > 0)
    line(`  ended with ${result.exitCode ?? result.signal ?? 'nothing'}${nothing ? ', and no tests were found' : ''}`);
  return tally;
};

/** What runs one file; the default is a process of its own. */
export type RunOne = typeof runFile;

/** Runs test files, so many at once, and adds up what they counted. */
export const runFiles = async (
  files: readonly string[],
  { jobs, timeoutSeconds }: { readonly jobs: number; readonly timeoutSeconds: number },
  print: (line: string) => void,
  signal: AbortSignal,
  run: RunOne = runFile,
): Promise<Tally> => {
  const left = [...files];
  let tally = noTests;
  const work = async (): Promise<void> => {
    for (let file = left.shift(); file !== undefined; file = left.shift()) {
      const one = await run(file, timeoutSeconds, print, signal);
      tally = add(tally, one);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return tally;
};
