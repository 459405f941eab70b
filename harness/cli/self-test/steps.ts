import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { condense } from './reporter.ts';
import { readTotals } from './tally.ts';
import type { Tally } from './tally.ts';

/** Root of the repository. */
export const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

/** A step that is one test: a checker that must end with 0. */
export type Check = { readonly name: string; readonly command: readonly [string, ...string[]] };

/** Type checks, lint and format. */
export const checks = (): readonly Check[] => [
  { name: 'types', command: ['tsc', '--noEmit'] },
  ...(existsSync(join(root, 'scenarios/k6/tsconfig.json'))
    ? [{ name: 'types of scenarios/k6', command: ['tsc', '--noEmit', '-p', 'scenarios/k6'] as const }]
    : []),
  { name: 'lint', command: ['oxlint', '--deny-warnings'] },
  { name: 'format', command: ['oxfmt', '--list-different'] },
];

/** Runs a check; its output is shown only where it fails. */
export const runCheck = async (check: Check, print: (line: string) => void, signal: AbortSignal): Promise<Tally> => {
  const [command, ...args] = check.command;
  const began = performance.now();
  const result = await execa(command, args, {
    cwd: root,
    preferLocal: true,
    localDir: root,
    reject: false,
    all: true,
    stdin: 'ignore',
    cancelSignal: signal,
  });
  signal.throwIfAborted();
  if (result.failed) print(result.all ?? '');
  print(`${result.failed ? 'not ok' : 'ok'} ${check.name} # time=${Math.round(performance.now() - began)}ms`);
  return { passed: result.failed ? 0 : 1, failed: result.failed ? 1 : 0, skipped: 0 };
};

/** The test files: pure ones, and those that start containers, which run one after another. `only` are beginnings of paths. */
export const testFiles = (
  only: readonly string[],
): { readonly pure: readonly string[]; readonly stacks: readonly string[] } => {
  const files = globSync('test/**/*.test.ts', { cwd: root })
    .filter((file) => only.length === 0 || only.some((beginning) => file.startsWith(beginning)))
    .toSorted();
  const stacks = files.filter((file) => file.startsWith('test/stacks/'));
  return { pure: files.filter((file) => !stacks.includes(file)), stacks };
};

/**
 * Makes tap's test class for the plugins that .taprc names. A fresh installation has the class for tap's default plugins, one of
 * which does not run with TypeScript 7. Once for each installation and .taprc.
 */
export const buildTap = async (print: (line: string) => void, signal: AbortSignal): Promise<void> => {
  const stamp = join(root, 'node_modules', '.holdfast-tap');
  const wanted = readFileSync(join(root, '.taprc'), 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const options = { cwd: root, preferLocal: true, localDir: root, reject: false, all: true, stdin: 'ignore' } as const;
  const result = await execa('tap', ['build'], { ...options, cancelSignal: signal });
  signal.throwIfAborted();
  // Where it failed, every test fails after it, with this as the reason.
  if (result.failed) print(`tap build failed: ${result.all}`);
  else writeFileSync(stamp, wanted);
};

export type TapOptions = {
  readonly jobs: number;
  readonly timeoutSeconds: number;
  /** Whether to measure coverage, which is looked at and not enforced; its table ends the output. */
  readonly coverage?: boolean;
};

/** Runs tap over files; a tap that ends without its totals counts as one failure. */
export const runTap = async (
  files: readonly string[],
  { jobs, timeoutSeconds, coverage = false }: TapOptions,
  print: (line: string) => void,
  signal: AbortSignal,
): Promise<Tally> => {
  if (files.length === 0) return { passed: 0, failed: 0, skipped: 0 };
  const args = [
    'run',
    '--reporter=tap',
    ...(coverage
      ? ['--no-disable-coverage', '--coverage-report=text', '--allow-incomplete-coverage', '--allow-empty-coverage']
      : ['--disable-coverage']),
    `--jobs=${jobs}`,
    `--timeout=${timeoutSeconds}`,
    ...files,
  ];
  const running = execa('tap', args, {
    cwd: root,
    preferLocal: true,
    localDir: root,
    reject: false,
    stdin: 'ignore',
    stderr: 'inherit',
    cancelSignal: signal,
    forceKillAfterDelay: 30_000,
    // Coverage of code that came from the cache is less precise.
    ...(coverage ? { env: { NODE_COMPILE_CACHE: '', NODE_DISABLE_COMPILE_CACHE: '1' } } : {}),
  });
  const reporter = condense(print);
  let ending = '';
  let table = false;
  for await (const line of running) {
    // The table of coverage, which is no TAP, stands between the tests and the totals.
    table = coverage && !line.startsWith('#') && (table || /^-+\|-/.test(line));
    if (table) print(line);
    else reporter.line(line);
    ending = line.startsWith('# { total') ? line : ending;
  }
  const result = await running;
  signal.throwIfAborted();
  const totals = readTotals(ending);
  if (totals === null) {
    print(`not ok tap ended without its totals (exit ${result.exitCode ?? result.signal ?? 'unknown'})`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  // A crash outside any assertion shows in the exit code alone.
  return result.failed && totals.failed === 0 ? { ...totals, failed: 1 } : totals;
};

/** How many test files run at once where they start no containers. */
export const pureJobs = (): number => Math.max(1, availableParallelism());
