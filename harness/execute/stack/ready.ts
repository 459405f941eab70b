import { setTimeout as sleep } from 'node:timers/promises';
import type Dockerode from 'dockerode';
import { HoldfastError } from '../../model/index.ts';
import { containersOf } from './containers.ts';

/** How long a stack may take until it serves its first request through the whole chain. */
const patienceMs = 30_000;

/**
 * Waits until a legitimate request passes through the whole chain. `probe` sends one and gives its status, or null.
 * Throws `stack-down` with the last lines of the containers that ended, or of the edge. Bounded.
 */
export const awaitReady = async (
  docker: Dockerode,
  run: string,
  probe: () => Promise<{ readonly status: number | null; readonly error: string | null }>,
  signal: AbortSignal,
): Promise<void> => {
  const deadline = performance.now() + patienceMs;
  let last = 'nothing';
  while (performance.now() < deadline) {
    signal.throwIfAborted();
    const { status, error } = await probe();
    if (status === 200) return;
    last = status === null ? String(error) : `status ${status}`;
    const ended = [...(await containersOf(docker, run)).values()].filter(
      ({ state }) => state === 'exited' || state === 'dead',
    );
    if (ended.length > 0) {
      const logs = await Promise.all(ended.map(async ({ service, id }) => `${service}: ${await tail(docker, id)}`));
      throw new HoldfastError(
        'stack-down',
        `expected every container of the stack to run, but these ended: ${logs.join('; ')}`,
        {
          hint: 'if you gave an overlay, look at what it changes',
        },
      );
    }
    await sleep(200, undefined, { signal });
  }
  throw new HoldfastError(
    'stack-down',
    `expected the stack to serve a request within ${patienceMs / 1000} s, found ${last}`,
    {
      hint: 'if you gave an overlay, look at what it changes; --render DIR shows the configuration that was mounted',
    },
  );
};

const tail = async (docker: Dockerode, id: string): Promise<string> => {
  const bytes = await docker.getContainer(id).logs({ stdout: true, stderr: true, tail: 5 });
  // The engine frames each line with eight bytes when the container has no terminal.
  return bytes
    .toString('utf8')
    .replace(/[\u0000-\u0002]\u0000{3}[\s\S]{4}/g, '')
    .trim()
    .slice(-600);
};
