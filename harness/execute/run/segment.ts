import { join } from 'node:path';
import type { Arrival, HandRecord, RouteSlot, Segment } from '../../model/index.ts';
import { fromMonotonic, monotonicAt } from '../clock/index.ts';
import type { RunClock } from '../clock/index.ts';
import { startLoad } from '../load/index.ts';
import type { Follower } from '../live/index.ts';
import { runWindows } from '../mitm/index.ts';
import type { RawWindow, WindowEvent } from '../mitm/index.ts';
import { runReloads } from '../reload/index.ts';
import type { RawReload } from '../reload/index.ts';
import type { Plant } from '../tap/index.ts';
import { changeByHand } from './by-hand.ts';
import { plantAll } from './plant.ts';
import type { RawSegment } from './raw.ts';
import type { Rig } from './rig.ts';

/** Where the numbering of requests stands; each segment goes on from the one before it. */
export type Numbers = { readonly legit: number; readonly sent: number; readonly canary: number };

export type SegmentInputs = {
  readonly rig: Rig;
  readonly name: 'capacity' | 'main';
  readonly segment: Segment;
  /** The arrivals that are kept of the segment's. */
  readonly arrivals: readonly Arrival[];
  readonly tokens: (route: RouteSlot) => string;
  readonly virtualUsers: number;
  readonly timeoutMs: number;
  readonly numbers: Numbers;
  readonly clock: RunClock;
  /** Reads along for whoever waits; null: nobody. */
  readonly follower: Follower | null;
  /** Phases in which the edge is reloaded, by id. */
  readonly reloads: ReadonlyMap<string, { readonly everyMs: number }>;
};

export type SegmentOutcome = {
  readonly raw: RawSegment;
  readonly windows: readonly RawWindow[];
  readonly events: readonly WindowEvent[];
  readonly stray: number;
  readonly planted: readonly Plant[];
  readonly reloads: readonly RawReload[];
  readonly hands: readonly HandRecord[];
  readonly numbers: Numbers;
};

/**
 * Runs one segment: k6 announces the origin, and the agents, the interceptions and the planted cleartext follow it. On an abort
 * everything is cut short and what there is comes back.
 */
export const runSegment = async (inputs: SegmentInputs): Promise<SegmentOutcome> => {
  const { rig, name, segment, arrivals, tokens, virtualUsers, timeoutMs, numbers, clock, follower } = inputs;
  const { docker, run, stack, schedule, networks, scratch, credentials, agents, interceptors, images, ids, signal } =
    rig;
  const load = await startLoad({
    docker,
    run,
    image: images.get('k6')!.reference,
    network: networks.public,
    caFile: join(scratch.secrets, 'edge-public', 'ca.pem'),
    scratch: join(scratch.load, name),
    arrivals,
    routes: schedule.routes,
    tokens,
    requestIds: (seq) => ids('legit', seq),
    firstSeq: numbers.legit,
    url: `https://${stack.edge.hostname}:${stack.edge.port}`,
    timeoutMs,
    virtualUsers,
  });
  const cut = (): void => void load.stop();
  signal.addEventListener('abort', cut, { once: true });
  if (signal.aborted) cut();
  let following: ReturnType<Follower['follow']> | undefined;
  try {
    const wallMs = await load.origin;
    const originNs = monotonicAt(clock, wallMs);
    following = follower?.follow({ name, arrivals, firstSeq: numbers.sent, originNs });
    const [fired, taken, planted, reloads, hands, legit] = await Promise.all([
      agents.fire(
        {
          segment,
          attacks: schedule.attacks,
          origin: originNs,
          credentials,
          requestIds: (kind, seq) => ids(kind, seq),
          firstSeq: numbers.sent,
        },
        signal,
      ),
      interceptors === null || segment.windows.length === 0
        ? { windows: [], events: [], stray: 0 }
        : runWindows({ interceptors, segment, attacks: schedule.attacks, originNs, signal }),
      plantAll(rig, segment, originNs, numbers.canary),
      reloadAll(inputs, originNs),
      changeByHand(rig, segment, originNs, clock),
      load.finished,
    ]);
    return {
      raw: {
        originMs: fromMonotonic(clock, originNs),
        twins: segment.twins,
        legit,
        attempts: fired.attempts,
        twinResults: fired.twins,
      },
      ...taken,
      planted,
      reloads,
      hands,
      numbers: { legit: numbers.legit + arrivals.length, sent: fired.nextSeq, canary: numbers.canary + planted.length },
    };
  } finally {
    signal.removeEventListener('abort', cut);
    await following?.stop();
    await load.stop();
  }
};

const reloadAll = async ({ rig, segment, reloads }: SegmentInputs, originNs: bigint): Promise<readonly RawReload[]> => {
  const { docker, run, stack, files, otherFiles, scratch, signal } = rig;
  const { reload } = stack.edge;
  const storms = segment.phases.flatMap(({ id, startMs, endMs }) => {
    const wanted = reloads.get(id);
    return wanted === undefined
      ? []
      : [{ startNs: after(originNs, startMs), endNs: after(originNs, endMs), ...wanted }];
  });
  if (reload === null || otherFiles === null || storms.length === 0) return [];
  return runReloads({ docker, run, reload, config: scratch.config, own: files, other: otherFiles, storms, signal });
};

const after = (originNs: bigint, ms: number): bigint => originNs + BigInt(Math.round(ms * 1e6));
