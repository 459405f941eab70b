import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Runner } from '../../../execute/operate/index.ts';
import { findTarget } from '../../../execute/stack/index.ts';
import type { Target } from '../../../execute/stack/index.ts';
import type { Kill } from './op.ts';

/** How long a container may take to die, and to listen again. */
const patienceMs = { dead: 3000, serving: 15_000 } as const;

/** Kills a container through the engine and starts it again; that it is dead, and that it listens again, is observed. */
export const runner: Runner<Kill> = {
  ready: async ({ docker, run, stack, network }, operations) => {
    const targets = new Map<string, Target>();
    const find = (member: string): Promise<Target> => findTarget({ docker, run, project: run, stack, network }, member);
    for (const { op } of operations) {
      const { member } = op as Kill;
      if (!targets.has(member)) targets.set(member, await find(member));
    }
    const alive = new Set(targets.keys());
    const start = async (member: string): Promise<Target> => {
      const before = targets.get(member)!;
      if (!alive.has(member)) await docker.getContainer(before.id).start().catch(unlessStarted);
      alive.add(member);
      return before;
    };
    return {
      apply: async ({ member }) => {
        const container = docker.getContainer(targets.get(member)!.id);
        alive.delete(member);
        await container.kill({ signal: 'SIGKILL' });
        await until(patienceMs.dead, `${member} to be dead`, async () => !(await container.inspect()).State.Running);
      },
      undo: async ({ member, port }) => {
        const before = await start(member);
        await until(patienceMs.serving, `${member} to listen on ${port} again`, () => listens(before.address, port));
        const { address } = await find(member);
        // Senders and taps know it by its address: at another one nothing of theirs would meet it.
        if (address !== before.address) throw new Error(`${member} came back as ${address}, and was ${before.address}`);
      },
      data: ({ member, service }) => ({ member, service }),
      stop: async () => undefined,
    };
  },
};

const until = async (withinMs: number, what: string, holds: () => Promise<boolean>): Promise<void> => {
  for (const end = performance.now() + withinMs; ;) {
    if (await holds()) return;
    if (performance.now() > end) throw new Error(`expected ${what} within ${withinMs} ms, found that it was not`);
    await sleep(20);
  }
};

/** Does a member accept a connection? Only addresses that `findTarget` gave are connected to: containers of the run. */
const listens = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 200 });
    const end = (answer: boolean) => (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('connect', end(true)).on('timeout', end(false)).on('error', end(false));
  });

const unlessStarted = (error: { readonly statusCode?: number }): void => {
  // 304: it runs already.
  if (error.statusCode !== 304) throw error;
};
