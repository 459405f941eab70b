import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type Dockerode from 'dockerode';
import type { Hop, Kinds, LogReader, Policy, RouteSlot, Schedule, Stack } from '../../model/index.ts';
import { recipeKey, startAgents } from '../attack/index.ts';
import type { Agents, Credentials } from '../attack/index.ts';
import { freeSubnets, roleLabel, runLabel } from '../engine/index.ts';
import type { Image, Progress } from '../engine/index.ts';
import { requestId } from '../identity/index.ts';
import type { Authority, RequestKind } from '../identity/index.ts';
import { readyActions } from '../operate/index.ts';
import type { ReadyActions } from '../operate/index.ts';
import { awaitReady, startCompose, writeWorkload } from '../stack/index.ts';
import { startObservers } from '../observe/index.ts';
import type { Observing } from '../observe/index.ts';
import type { Scratch } from './scratch.ts';

/** What a rig is built from. `files`: the rendered configuration, overlay applied. */
export type RigInputs = {
  readonly docker: Dockerode;
  readonly run: string;
  readonly key: Uint8Array;
  readonly stack: Stack;
  readonly policy: Policy;
  /** How the log of the edge is read. */
  readonly log: LogReader;
  readonly schedule: Schedule;
  readonly kinds: Kinds;
  readonly hops: readonly Hop[];
  readonly files: ReadonlyMap<string, string>;
  readonly images: ReadonlyMap<string, Image>;
  readonly authority: Authority;
  readonly credentials: Credentials;
  readonly scratch: Scratch;
  readonly repo: string;
  readonly signal: AbortSignal;
  readonly progress: Progress;
};

/** The stack up and serving, and every instrument in its place. Whatever it started is removed by the run's label. */
export type Rig = RigInputs & {
  readonly networks: { readonly public: string; readonly mesh: string };
  readonly agents: Agents;
  /** What the schedule does to the stack, ready. */
  readonly actions: ReadyActions;
  readonly observing: Observing;
  /** The harness's own senders on the mesh, address → name: what they begin in clear is no leak. */
  readonly attackers: ReadonlyMap<string, string>;
  readonly ids: (kind: RequestKind, seq: number) => string;
};

/** Sequence number of the first request by which the harness sees that the stack serves. They are canaries: nothing is judged by them. */
const firstProbe = 1_000_000_000;

/** Brings up the stack and the instruments, taps first, and waits until it serves. Throws what any of them throws. */
export const buildRig = async (inputs: RigInputs): Promise<Rig> => {
  const {
    docker,
    run,
    key,
    stack,
    policy,
    log,
    kinds,
    schedule,
    hops,
    files,
    images,
    authority,
    credentials,
    scratch,
    repo,
    signal,
    progress,
  } = inputs;
  for (const [name, content] of files) {
    const file = join(scratch.config, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  await authority.writeSecrets(scratch.secrets);
  const references = new Map([...images].map(([name, { reference }]) => [name, reference]));
  const reference = (name: string): string => references.get(name)!;
  progress(`stack: starting ${stack.id}`);
  const workload = writeWorkload(stack, join(scratch.root, 'workload'));
  const subnets = await freeSubnets();
  const { root, config, secrets, journal } = scratch;
  await startCompose(
    { run, stack, config, secrets, journal, workload, subnets, images: references },
    files.get('compose.yaml')!,
  );
  signal.throwIfAborted();

  const networks = { public: `${run}_public`, mesh: `${run}_mesh` };
  const scope = { docker, run, project: run, stack, network: networks.mesh };
  progress('instruments: observers, agents, actions');
  const observing = await startObservers(
    { ...scope, policy, log, hops, image: reference, scratch: join(root, 'observers'), journal },
    kinds,
  );
  const ids = (kind: RequestKind, seq: number): string => requestId(run, key, kind, seq);
  const [agents, actions] = await Promise.all([
    startAgents({ docker, run, stack, networks, image: reference('workload'), scratch: root, repo }),
    readyActions({
      ...scope,
      hops,
      image: reference,
      scratch: join(root, 'actions'),
      config,
      schedule,
      certificate: authority.certificate,
      id: ids,
      signal,
    }),
  ]);
  // Looked up now: an interruption ends the attackers before the captures are read.
  const own = await docker.listContainers({ filters: { label: [`${runLabel}=${run}`, `${roleLabel}=attacker`] } });
  const attackers = new Map(
    own.flatMap(({ Names, NetworkSettings }) => {
      const address = NetworkSettings.Networks[networks.mesh]?.IPAddress;
      return address ? [[address, (Names[0] ?? '').replace(`/${run}-`, '')] as const] : [];
    }),
  );
  await awaitReady(docker, run, prober(agents, credentials, authority, longest(schedule.routes), stack, ids), signal);
  progress('stack: serving');
  return { ...inputs, networks, agents, actions, observing, attackers, ids };
};

/** The route that passes the most services: while it works, everything works. */
const longest = (routes: readonly RouteSlot[]): RouteSlot =>
  routes.toSorted((a, b) => b.crosses.length - a.crosses.length)[0]!;

const prober = (
  agents: Agents,
  credentials: Credentials,
  authority: Authority,
  { subject, claims, method, path }: RouteSlot,
  stack: Stack,
  ids: Rig['ids'],
) => {
  let seq = firstProbe;
  const token = { subject, claims };
  const known = new Map([...credentials.tokens, [recipeKey(token), authority.token(token)] as const]);
  const send = {
    to: 'edge',
    port: stack.edge.port,
    transport: 'tls',
    freshShare: 1,
    http: { method, path, headers: [], token },
  } as const;
  return async () => {
    const { twins, nextSeq } = await agents.fire({
      segment: { attempts: [], twins: [{ send, vantage: 'outside', atMs: [0], forms: [] }] },
      attacks: [],
      origin: process.hrtime.bigint(),
      credentials: { ...credentials, tokens: known },
      requestIds: (_, number) => ids('canary', number),
      firstSeq: seq,
    });
    seq = nextSeq;
    return twins[0] ?? { status: null, error: 'no answer from the agent' };
  };
};
