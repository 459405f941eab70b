import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { main } from '../../harness/cli/main.ts';

/** What a command ended with, and what it said. */
export type Ended = { readonly code: number; readonly out: string; readonly err: string };

export type Surroundings = {
  /** Working directory; the test's own where absent. */
  readonly cwd?: string;
  /** Variables of the environment, beside the test's own. */
  readonly env?: Readonly<Record<string, string>>;
};

/** Sets the process up as a command would find it; what it returns puts everything back. */
const enter = ({ cwd, env = {} }: Surroundings): (() => void) => {
  const [before, folder] = [{ ...process.env }, process.cwd()];
  if (cwd !== undefined) process.chdir(cwd);
  Object.assign(process.env, env);
  return () => {
    process.chdir(folder);
    for (const name of Object.keys(env)) {
      const value = before[name];
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
};

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs `holdfast ARGS` in this process: what a user gets, without a launcher and a Node of its own, which take a second. One after
 * another, for folder and environment are the process's own. Whether the launcher starts it so is shown by test/harness/cli/launcher.
 */
export const runCommand = (args: readonly string[], surroundings: Surroundings = {}): Promise<Ended> => {
  const run = async (): Promise<Ended> => {
    const [out, err] = [new PassThrough(), new PassThrough()];
    const texts = [text(out), text(err)];
    const leave = enter(surroundings);
    let code: number;
    try {
      const progress = (line: string): void => void err.write(`${line}\n`);
      code = await main(args, { signal: new AbortController().signal, stdout: out, stderr: err, progress });
    } finally {
      leave();
      out.end();
      err.end();
    }
    const [said = '', complained = ''] = await Promise.all(texts);
    return { code, out: said, err: complained };
  };
  const result = last.then(run);
  last = result.catch(() => undefined);
  return result;
};
