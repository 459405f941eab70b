import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const launcher = fileURLToPath(new URL('../../../harness/cli/holdfast.mjs', import.meta.url));

/** A place of its own for everything that a harness under test writes: results, scratch folders, its signing key. */
export type Place = {
  readonly root: string;
  /** The scratch folders of runs are made in here. */
  readonly scratch: string;
  /** A path for results, not there yet. */
  readonly out: (name: string) => string;
  readonly remove: () => void;
};

export const makePlace = (): Place => {
  const root = mkdtempSync(join(tmpdir(), 'holdfast-test-run.'));
  const scratch = join(root, 'scratch');
  mkdirSync(scratch);
  return {
    root,
    scratch,
    out: (name) => join(root, name),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
};

export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

/** A command under way. */
export type Started = {
  /** The launcher. */
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when stderr has said so; rejects where the command ends before. */
  readonly said: (pattern: RegExp) => Promise<void>;
  /** Ctrl-C as a terminal gives it: to the launcher and to everything that it started. */
  readonly interrupt: () => void;
  /** The id of the run, by its scratch folder; rejects where there is not exactly one. */
  readonly run: () => string;
};

/** Starts `holdfast ARGS` as a user does: the launcher, as a child process. */
export const start = (place: Place, args: readonly string[], env: Readonly<Record<string, string>> = {}): Started => {
  const { HOLDFAST_SIGNING_KEY: _, npm_command: __, npm_lifecycle_event: ___, ...inherited } = process.env;
  const child = spawn(process.execPath, [launcher, ...args], {
    env: { ...inherited, TMPDIR: place.scratch, XDG_CONFIG_HOME: join(place.root, 'config'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let [out, err] = ['', ''];
  let listeners: (() => void)[] = [];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
    for (const listener of listeners) listener();
  });
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, out, err })));
  const said = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!pattern.test(err)) return;
        listeners = listeners.filter((one) => one !== look);
        resolve();
      };
      listeners.push(look);
      look();
      void ended.then(() => reject(new Error(`expected ${pattern} on stderr, but the command ended:\n${err}`)));
    });
  const run = (): string => {
    const [found, ...more] = readdirSync(place.scratch).flatMap(
      (name) => /^holdfast-(r\d{8}-\d{6}-[0-9a-f]{6})\./.exec(name)?.[1] ?? [],
    );
    if (found === undefined || more.length > 0) throw new Error('expected the scratch folder of one run');
    return found;
  };
  const interrupt = (): void => void process.kill(-child.pid!, 'SIGINT');
  return { child, ended, said, interrupt, run };
};

/** Runs `holdfast ARGS` to its end. */
export const holdfast = (
  place: Place,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> => start(place, args, env).ended;
