import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The outcome of a command on this machine; `output` is stdout and stderr as they came. */
export type Ran = { readonly ok: boolean; readonly output: string };

/** What the set-up does to the machine, behind one seam so that its decisions can be tested without a machine to spare. */
export type Host = {
  readonly root: boolean;
  /** True where systemd runs this machine, and so owns its daemons. */
  readonly systemd: boolean;
  /** True where the command is on PATH. */
  readonly has: (command: string) => boolean;
  /** Runs a command without input; never throws for its failure. `env` is added to the environment. */
  readonly run: (
    command: string,
    args: readonly string[],
    more?: { readonly cwd?: string; readonly env?: Record<string, string> },
  ) => Promise<Ran>;
  readonly sleep: (ms: number) => Promise<void>;
};

const executable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** This machine. The signal ends the command that runs. */
export const thisHost = (signal?: AbortSignal): Host => ({
  root: process.getuid?.() === 0,
  systemd: existsSync('/run/systemd/system'),
  // A user's PATH may lack the folders that dockerd and mmdebstrap are in.
  has: (command) =>
    [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'].some((folder) =>
      executable(join(folder, command)),
    ),
  run: async (command, args, more = {}) => {
    // Loaded where a command is run: most that import this module run none.
    const { execa } = await import('execa');
    const result = await execa(command, args, {
      reject: false,
      all: true,
      stdin: 'ignore',
      ...(more.cwd === undefined ? {} : { cwd: more.cwd }),
      env: { ...more.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` },
      ...(signal === undefined ? {} : { cancelSignal: signal }),
    });
    signal?.throwIfAborted();
    return { ok: !result.failed, output: result.all ?? result.message ?? '' };
  },
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
});

/** The last lines of a command's output, for an error. */
export const tail = (output: string, lines = 12): string => output.trim().split('\n').slice(-lines).join('\n');
