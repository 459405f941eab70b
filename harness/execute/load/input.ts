import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Arrival, RouteSlot } from '../../model/index.ts';

/** What k6 is given, beside the script. */
export type LoadInput = {
  /** In the order of their times. */
  readonly arrivals: readonly Arrival[];
  readonly routes: readonly RouteSlot[];
  /** The bearer token of a route slot. */
  readonly tokens: (route: RouteSlot) => string;
  /** The identity of the request with this sequence number. */
  readonly requestIds: (seq: number) => string;
  /** Sequence number of the first arrival; the others follow. */
  readonly firstSeq: number;
  /** e.g. `https://shop.holdfast.test:8443`. */
  readonly url: string;
  readonly timeoutMs: number;
  /** The most requests in flight. */
  readonly virtualUsers: number;
};

/** Time between the announcement of the origin and the origin: long enough for the other senders to join. */
export const leadMs = 700;
/** An arrival may be sent up to the time-out late, and then take the time-out; and a little for k6 to notice. */
const slackMs = 3000;

/** From the origin until k6 must have ended by itself, in ms. */
export const longestMs = ({ arrivals, timeoutMs }: Pick<LoadInput, 'arrivals' | 'timeoutMs'>): number =>
  Math.ceil((arrivals.at(-1)?.[0] ?? 0) + 2 * timeoutMs + slackMs);

/** Writes what scenarios/k6/replay.ts reads. The folder holds usable tokens: it belongs into the run's scratch folder. */
export const writeInput = async (folder: string, input: LoadInput): Promise<void> => {
  const { arrivals, routes, tokens, requestIds, firstSeq, url, timeoutMs, virtualUsers } = input;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const settings = {
    // k6 refuses more users than iterations.
    virtualUsers: Math.max(1, Math.min(virtualUsers, arrivals.length)),
    arrivals: arrivals.length,
    timeoutMs,
    leadMs,
    maxDurationMs: leadMs + longestMs(input),
    url,
    routes: routes.map((route) => ({ method: route.method, path: route.path, token: tokens(route) })),
  };
  const lines = arrivals.map(([due, , route], i) => `${due} ${route} ${requestIds(firstSeq + i)}\n`);
  await writeFile(join(folder, 'settings.json'), JSON.stringify(settings), { mode: 0o600 });
  await writeFile(join(folder, 'arrivals.txt'), lines.join(''), { mode: 0o600 });
};
