import { fileURLToPath } from 'node:url';
import type { Container } from 'dockerode';
import { HoldfastError } from '../../../model/index.ts';
import { docker, socketPath } from '../client.ts';
import { readRecipe } from '../image/index.ts';
import { labels } from '../labels.ts';
import { removeRun } from '../remove.ts';
import type { Progress } from '../progress.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const readyMs = 20_000;
const endMs = 10_000;

/** A watchdog that holds a run. */
export type Watchdog = {
  /** Ends it: the harness has removed everything. What is found to be left all the same is removed first. Idempotent. */
  readonly release: () => Promise<void>;
  /** Ends it and leaves everything standing: a stack that is held to be looked at. Idempotent. */
  readonly leave: () => Promise<void>;
};

/** A promise, or an error after a time. */
const within = async <T>(promise: Promise<T>, ms: number, what: string): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new HoldfastError('stack-down', `expected ${what} within ${ms / 1000} s, got nothing`)),
      ms,
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
};

/** Removes a container and waits until the engine lists it no more; its own removal may be under way. */
const gone = async (container: Container): Promise<void> => {
  for (let waited = 0; waited < endMs; waited += 50) {
    const there = await container.inspect().catch(() => null);
    if (there === null) return;
    await container.remove({ force: true }).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

/**
 * Starts the watchdog of a run, before anything else of the run: a container whose stdin this process holds. When this process
 * dies the stream ends, and ten seconds later no container, network or volume of the run is left, the watchdog included, and the
 * scratch folder is empty. Throws `stack-down` where it does not start.
 */
export const startWatchdog = async (given: {
  readonly run: string;
  readonly scratch: string;
  readonly progress: Progress;
}): Promise<Watchdog> => {
  const { run, scratch, progress } = given;
  const container = await docker().createContainer({
    name: `${run}-watchdog`,
    Image: readRecipe('workload').reference,
    Entrypoint: ['node'],
    Cmd: ['/watchdog/main.ts', run],
    Labels: labels(run, 'watchdog'),
    OpenStdin: true,
    StdinOnce: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    HostConfig: {
      AutoRemove: true,
      NetworkMode: 'none',
      Binds: [`${folder}:/watchdog:ro`, `${socketPath()}:/var/run/docker.sock`, `${scratch}:/scratch`],
    },
  });
  try {
    const stream = await container.attach({ stream: true, hijack: true, stdin: true, stdout: true, stderr: true });
    const ended = new Promise<void>((resolve) => stream.once('close', resolve));
    const ready = new Promise<void>((resolve, reject) => {
      let said = '';
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString('utf8');
        if (said.includes('watching')) resolve();
      });
      stream.once('error', reject);
      stream.once('end', () =>
        reject(new HoldfastError('stack-down', `expected the watchdog to run, it ended: ${said.trim()}`)),
      );
    });
    await container.start();
    await within(ready, readyMs, 'the watchdog to be ready');
    let released = false;
    stream.on('error', () => undefined);
    void ended.then(() => {
      if (!released)
        progress(
          `watchdog: it ended before the run did; if the harness is killed now, holdfast clean has to remove ${run}`,
        );
    });
    const leave = async (): Promise<void> => {
      if (released) return;
      released = true;
      stream.end('done\n');
      // The engine removes the container when it ends; one that does not end is removed from here.
      await within(ended, endMs, 'the watchdog to end').catch(() => undefined);
      await gone(container);
    };
    return {
      release: async () => {
        if (released) return;
        await removeRun(run);
        await leave();
      },
      leave,
    };
  } catch (error) {
    await container.remove({ force: true }).catch(() => undefined);
    throw error;
  }
};
