import { createRequire } from 'node:module';
import type * as Execa from 'execa';
import { HoldfastError } from '../../model/index.ts';

const require = createRequire(import.meta.url);

/** What is run. `args` follow the binary, which must be on the image's PATH. */
export type AttachedSpec = {
  readonly name: string;
  readonly image: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Options of `docker run`: networks, mounts, capabilities. */
  readonly options: readonly string[];
  readonly binary: string;
  readonly args: readonly string[];
  /** Called with each line of standard output, in order. */
  readonly onLine: (line: string) => void;
};

/** A running container. */
export type Attached = {
  readonly name: string;
  /** Writes a line to its standard input. */
  readonly send: (line: string) => void;
  /** Resolves when it has ended, with the last lines of its standard error. */
  readonly ended: Promise<{ readonly exitCode: number | undefined; readonly errors: string }>;
  /** Sends a signal and waits for the end; kills it where it does not end within the grace. Idempotent. */
  readonly stop: (signal?: string, graceMs?: number) => Promise<void>;
};

const lastLines = 20;

/**
 * Starts a container with `docker run --rm --init -i`. It ends with its standard input, so with the harness, if its program
 * heeds that; the watchdog removes the others by their label. Effects: starts a container.
 */
export const runAttached = (spec: AttachedSpec): Attached => {
  const labels = Object.entries(spec.labels).flatMap(([key, value]) => ['--label', `${key}=${value}`]);
  const fixed = ['run', '--rm', '--init', '--interactive', '--name', spec.name, ...labels];
  // Loaded where a container starts: most commands start none.
  const { execa } = require('execa') as typeof Execa;
  const child = execa(
    'docker',
    [...fixed, ...spec.options, '--entrypoint', spec.binary, spec.image, ...spec.args],
    // No cleanup: the end of the CLI would not end the container anyway.
    { buffer: false, reject: false, stdin: 'pipe', stdout: 'pipe', stderr: 'pipe' },
  );
  const errors: string[] = [];
  const read = async (from: 'stdout' | 'stderr', take: (line: string) => void): Promise<void> => {
    for await (const line of child.iterable({ from })) take(String(line));
  };
  // The child has ended, or could not be started: `ended` tells.
  const quiet = (): void => undefined;
  child.stdin.on('error', quiet);
  const reading = Promise.all([
    read('stdout', spec.onLine).catch(quiet),
    read('stderr', (line) => {
      errors.push(line);
      if (errors.length > lastLines) errors.shift();
    }).catch(quiet),
  ]);
  let over = false;
  const ended = (async () => {
    const [result] = await Promise.all([child, reading]);
    over = true;
    return { exitCode: result.exitCode, errors: errors.join('\n') };
  })();

  const stop = async (signal = 'TERM', graceMs = 1500): Promise<void> => {
    if (over) return;
    await execa('docker', ['kill', '--signal', signal, spec.name], { reject: false });
    const timer = setTimeout(() => void execa('docker', ['rm', '--force', spec.name], { reject: false }), graceMs);
    await ended;
    clearTimeout(timer);
  };
  return { name: spec.name, send: (line) => void child.stdin.write(`${line}\n`), ended, stop };
};

/** Waits for a promise that the program's own output resolves; fails with what it last said where it ends before that. */
export const untilReady = async <T>(attached: Attached, ready: Promise<T>, timeoutMs: number): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const fault = (why: string): HoldfastError =>
    new HoldfastError('stack-down', `expected ${attached.name} to start, but ${why}`);
  try {
    return await Promise.race([
      ready,
      attached.ended.then(({ exitCode, errors }) => {
        throw fault(`it ended with ${exitCode ?? 'a signal'}: ${errors}`);
      }),
      new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(fault(`it was not ready after ${timeoutMs} ms`)), timeoutMs);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
};
