import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import type { Duplex } from 'node:stream';
import type Docker from 'dockerode';
import { HoldfastError } from '../../model/index.ts';
import type { Command, Event } from './job.ts';
import type { Network } from './compile.ts';

/** One agent: a container that takes commands and answers with events. */
export type Agent = {
  readonly network: Network;
  /** Sends a command and waits for the event; throws the agent's own error, or `internal` where it dies or is late. */
  readonly ask: <E extends Event['event']>(
    command: Command | null,
    wanted: E,
    withinMs: number,
  ) => Promise<Event & { readonly event: E }>;
  readonly stop: () => Promise<void>;
};

export type AgentPlace = {
  readonly docker: Docker;
  readonly run: string;
  /** Image with Node on its PATH. */
  readonly image: string;
  /** The harness's own folder, mounted read-only. */
  readonly repo: string;
  /** Folder for jobs and results, mounted at /agent. */
  readonly folder: string;
};

type Waiter = {
  readonly wanted: Event['event'];
  readonly take: (event: Event) => void;
  readonly fail: (error: HoldfastError) => void;
};

/** Starts an agent on a network of the run and waits until it listens. Throws `internal` where it does not. */
export const startAgent = async (place: AgentPlace, network: Network, networkName: string): Promise<Agent> => {
  const { docker, run, image, repo, folder } = place;
  const container = await docker.createContainer({
    name: `${run}-agent-${network}`,
    Image: image,
    Labels: { holdfast: run, 'holdfast.role': 'attacker' },
    Entrypoint: ['node'],
    Cmd: ['--disable-warning=ExperimentalWarning', '/holdfast/harness/execute/attack/agent/main.ts'],
    // The files in the folder are the harness's own, and root without capabilities may not read those of others.
    ...(process.getuid && { User: `${process.getuid()}:${process.getgid!()}` }),
    OpenStdin: true,
    // Standard input ends with the harness, however that dies, and the agent with it.
    StdinOnce: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    HostConfig: {
      NetworkMode: networkName,
      Binds: [`${repo}:/holdfast:ro`, `${folder}:/agent`],
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges:true'],
      // Twice the usual share: a late attacker measures nothing.
      CpuShares: 2048,
    },
  });
  const stream = (await container.attach({
    stream: true,
    hijack: true,
    stdin: true,
    stdout: true,
    stderr: true,
  })) as Duplex;
  const [out, err] = [new PassThrough(), new PassThrough()];
  docker.modem.demuxStream(stream, out, err);

  let waiter: Waiter | null = null;
  let stderr = '';
  const settle = (act: (waiter: Waiter) => void): void => {
    const current = waiter;
    waiter = null;
    if (current !== null) act(current);
  };
  err.on('data', (bytes: Buffer) => (stderr = (stderr + bytes.toString('utf8')).slice(-2000)));
  createInterface({ input: out }).on('line', (line) => {
    const event = JSON.parse(line) as Event;
    if (event.event === 'failed')
      settle(({ fail }) => fail(new HoldfastError(event.code, `agent on ${network}: ${event.message}`)));
    else if (event.event === waiter?.wanted) settle(({ take }) => take(event));
  });
  const died = (): void =>
    settle(({ wanted, fail }) =>
      fail(
        new HoldfastError(
          'internal',
          `expected "${wanted}" from the agent on ${network}, found that it ended: ${stderr.trim()}`,
        ),
      ),
    );
  stream.on('end', died).on('close', died);

  const ask: Agent['ask'] = (command, wanted, withinMs) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(
        () =>
          settle(({ fail }) =>
            fail(
              new HoldfastError(
                'internal',
                `expected "${wanted}" from the agent on ${network} within ${withinMs} ms, found nothing ${stderr.trim()}`,
              ),
            ),
          ),
        withinMs,
      );
      waiter = {
        wanted,
        take: (event) => (clearTimeout(timer), resolve(event as never)),
        fail: (error) => (clearTimeout(timer), reject(error)),
      };
      if (command !== null) stream.write(JSON.stringify(command) + '\n');
    });

  const stop = async (): Promise<void> => {
    stream.destroy();
    await container.remove({ force: true }).catch((error: { statusCode?: number }) => {
      // Gone, or going: what was asked for.
      if (error.statusCode !== 404 && error.statusCode !== 409) throw error;
    });
  };

  try {
    await Promise.all([ask(null, 'ready', 30_000), container.start()]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { network, ask, stop };
};
