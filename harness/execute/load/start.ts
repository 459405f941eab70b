import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type Dockerode from 'dockerode';
import { HoldfastError } from '../../model/index.ts';
import { createContainer, resultsFile } from './container.ts';
import type { ContainerSpec } from './container.ts';
import { leadMs, longestMs, writeInput } from './input.ts';
import type { LoadInput } from './input.ts';
import { withOverrides } from './overrides.ts';
import { readOrigin, readResults } from './results.ts';
import type { RawLegit } from './results.ts';

/** Everything that a replay needs. `scratch`: a folder of this segment's own, absolute; it is made, and receives tokens. */
export type LoadOptions = LoadInput &
  Pick<ContainerSpec, 'run' | 'image' | 'network' | 'caFile'> & {
    readonly docker: Dockerode;
    readonly scratch: string;
    readonly cpuShares?: number;
    /** CPUs at most, fractions allowed; absent: all. */
    readonly cpuLimit?: number;
  };

/** A replay under way. */
export type Load = {
  /** Wall-clock ms (three decimals) from which the arrivals' times count; known some 700 ms before it. */
  readonly origin: Promise<number>;
  /** One result for each arrival, in their order, when k6 has ended or was stopped. */
  readonly finished: Promise<readonly RawLegit[]>;
  /** Ends k6 now; `finished` then resolves with what there is. Idempotent. */
  readonly stop: () => Promise<void>;
};

const pollMs = 10;
const originPatienceMs = 60_000;

/**
 * Starts k6 in a container and lets it replay the arrivals open-loop (scenarios/k6/replay.ts). The container is removed at
 * the end. `Throws `internal` where the engine refuses; `origin` and `finished` do where k6 ends before it announced its origin.
 * Effects: starts a container, writes to the scratch folder.
 */
export const startLoad = async (options: LoadOptions): Promise<Load> => {
  const { docker, scratch: folder, arrivals, firstSeq } = options;
  const { virtualUsers, cpuLimit } = withOverrides(
    { virtualUsers: options.virtualUsers, cpuLimit: options.cpuLimit },
    process.env,
  );
  if (arrivals.length === 0) return nothingToSend();
  await writeInput(folder, { ...options, virtualUsers });
  const container = await createContainer(docker, {
    ...options,
    folder,
    cpuShares: options.cpuShares ?? 8192,
    cpuLimit,
  }).catch(refused);
  const results = join(folder, resultsFile);
  let ended = false;
  let stopped = false;

  const stop = async (): Promise<void> => {
    stopped = true;
    if (!ended) await container.kill().catch(ignoreGone);
  };
  await container.start().catch(async (error: unknown) => {
    await container.remove({ force: true }).catch(ignoreGone);
    return refused(error);
  });
  // Where someone else removed the container (the watchdog, a person), it has ended as well.
  const exit = container
    .wait()
    .then(
      ({ StatusCode }: { StatusCode: number }) => StatusCode,
      () => -1,
    )
    .finally(() => (ended = true));

  // The container's own output is all that tells why k6 failed: it is read before the container goes.
  const lastWords = exit.then(async () => {
    const words = await container.logs({ stdout: true, stderr: true, tail: 20 }).catch(() => Buffer.alloc(0));
    await container.remove({ force: true, v: true }).catch(ignoreGone);
    return readable(words);
  });

  const origin = (async (): Promise<number> => {
    for (const until = performance.now() + originPatienceMs; performance.now() < until; await sleep(pollMs)) {
      const over = ended;
      const at = readOrigin(await readFile(results, 'utf8').catch(() => ''));
      if (at !== null) return at;
      if (over) break;
    }
    const asked = stopped;
    await stop();
    throw new HoldfastError(
      'internal',
      `expected k6 to announce its origin, ${asked ? 'but it was stopped' : `but it ended with ${await exit}`}: ${await lastWords}`,
      {
        hint: 'npx holdfast setup',
      },
    );
  })();

  const finished = (async (): Promise<readonly RawLegit[]> => {
    await origin;
    const deadline = new AbortController();
    const overdue = sleep(longestMs(options) + originPatienceMs, undefined, { signal: deadline.signal }).then(
      stop,
      () => undefined,
    );
    await exit;
    deadline.abort();
    await Promise.all([overdue, lastWords]);
    const text = await readFile(results, 'utf8');
    await rm(join(folder, 'settings.json'), { force: true });
    return readResults(text, arrivals, firstSeq);
  })();
  // Whoever waits for one of them only must not be ended by the other.
  origin.catch(() => undefined);
  finished.catch(() => undefined);
  return { origin, finished, stop };
};

/** k6 refuses to begin without an iteration; the other senders need an origin all the same. */
const nothingToSend = (): Load => ({
  origin: Promise.resolve(Date.now() + leadMs),
  finished: Promise.resolve([]),
  stop: async () => undefined,
});

/** The engine's complaint in our own words. */
const refused = (cause: unknown): never => {
  throw new HoldfastError('internal', `expected the engine to start k6, found: ${(cause as Error).message}`, {
    hint: 'npx holdfast setup',
    cause,
  });
};

/** 404: already removed; 409: not running any more. Both are what was wanted. */
const ignoreGone = (error: unknown): void => {
  const status = (error as { statusCode?: number }).statusCode;
  if (status !== 404 && status !== 409) throw error;
};

/** Docker puts eight bytes before each piece of output, the last four of them its length. Control characters are left out. */
const readable = (output: Buffer): string => {
  const pieces: string[] = [];
  for (let at = 0; at + 8 <= output.length;) {
    const end = at + 8 + output.readUInt32BE(at + 4);
    pieces.push(output.toString('utf8', at + 8, end));
    at = end;
  }
  return pieces
    .join('')
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(-2000);
};
