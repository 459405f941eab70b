import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stack } from '../../model/index.ts';
import { compile, timeoutMs } from './compile.ts';
import type { Network, Volley } from './compile.ts';
import { startAgent } from './container.ts';
import type { Agent, AgentPlace } from './container.ts';
import type { Job } from './job.ts';
import { assertOwn, ownNetwork } from './own.ts';
import { readResults } from './results.ts';
import type { Fired } from './results.ts';

/** The attackers of a run. `fire` runs a segment's attempts and twins, one segment at a time; `stop` removes them. */
export type Agents = {
  /**
   * Resolves when every attempt has its outcome, at the latest some seconds after the last is due. When `signal` aborts, it
   * resolves with what there is. Throws `internal` where an agent dies, `foreign-target` where a target is not the run's own.
   */
  readonly fire: (volley: Volley, signal?: AbortSignal) => Promise<Fired>;
  /** Idempotent. */
  readonly stop: () => Promise<void>;
};

export type AgentsPlace = Omit<AgentPlace, 'folder'> & {
  readonly stack: Stack;
  /** Names of the run's networks in Docker. */
  readonly networks: Readonly<Record<Network, string>>;
  /** The run's scratch folder; jobs and results stand in its `agent`. */
  readonly scratch: string;
};

/** How late an agent may be with its last word: it parses, flushes, and shares its machine. */
const graceMs = 15_000;

/** The members' names in a network; services are not to be seen from outside. */
const namesIn = (stack: Stack, network: Network): Readonly<Record<string, readonly string[]>> => {
  const { hostname, service } = stack.edge;
  if (network === 'public') return { edge: [hostname, service] };
  const { controlPlane } = stack;
  return {
    edge: [service, hostname],
    ...Object.fromEntries(stack.services.map(({ id }) => [id, [id]])),
    ...(controlPlane !== null && { 'control-plane': [controlPlane.service] }),
  };
};

/**
 * Starts one attacker on the public network (vantage outside) and one on the mesh (neighbour, insider, on-path), when the
 * stack is up; resolves every member once. Throws `foreign-target`, `stack-down` or `internal`; leaves nothing behind then.
 */
export const startAgents = async (place: AgentsPlace): Promise<Agents> => {
  const { docker, run, networks, stack } = place;
  const folder = join(place.scratch, 'agent');
  const own = await Promise.all([ownNetwork(docker, run, networks.public), ownNetwork(docker, run, networks.mesh)]);
  const agents: Agent[] = [];
  const stop = async (): Promise<void> => void (await Promise.all(agents.map((agent) => agent.stop())));

  const begin = async (network: Network): Promise<void> => {
    const agent = await startAgent({ ...place, folder }, network, networks[network]);
    agents.push(agent);
    const subnets = own.flatMap((each) => each.subnets);
    const { addresses } = await agent.ask(
      { do: 'resolve', names: namesIn(stack, network), subnets },
      'resolved',
      10_000,
    );
    assertOwn(addresses, own);
  };
  const begun = await Promise.allSettled([begin('public'), begin('mesh')]);
  const failed = begun.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) {
    await stop();
    throw failed.reason;
  }

  const run1 = async (agent: Agent, job: Job, name: string, signal: AbortSignal | undefined): Promise<string> => {
    const results = join(folder, `${name}.results`);
    const jobFile = join(folder, `${name}.job`);
    const lastMs = Number(BigInt(job.origin) - process.hrtime.bigint()) / 1e6 + job.slots.at(-1)![0];
    try {
      await writeFile(jobFile, JSON.stringify(job), { mode: 0o600 });
      const done = agent.ask(
        { do: 'fire', job: `/agent/${name}.job`, results: `/agent/${name}.results` },
        'done',
        Math.max(0, lastMs) + timeoutMs + graceMs,
      );
      const cut = (): void => void agent.stop();
      signal?.addEventListener('abort', cut, { once: true });
      if (signal?.aborted) cut();
      await done
        .catch((error: unknown) => {
          if (!signal?.aborted) throw error;
        })
        .finally(() => signal?.removeEventListener('abort', cut));
      return await readFile(results, 'utf8').catch(() => '');
    } finally {
      await Promise.all([jobFile, results].map((file) => rm(file, { force: true })));
    }
  };

  let volleys = 0;
  const fire: Agents['fire'] = async (volley, signal) => {
    const number = ++volleys;
    const jobs = compile(stack, volley, String(number));
    const busy = agents.filter(({ network }) => jobs[network].slots.length > 0);
    const texts = await Promise.all(
      busy.map((agent) => run1(agent, jobs[agent.network], `${agent.network}-${number}`, signal)),
    );
    return readResults(volley, texts);
  };
  return { fire, stop };
};
