import { join } from 'node:path';
import type { Arrival, RouteSlot, Segment } from '../../model/index.ts';
import { fromMonotonic, monotonicAt } from '../clock/index.ts';
import type { RunClock } from '../clock/index.ts';
import { startLoad } from '../load/index.ts';
import type { Follower } from '../live/index.ts';
import { operate } from '../operate/index.ts';
import type { Operated, RawSeen } from '../operate/index.ts';
import type { RawSegment } from './raw.ts';
import type { Rig } from './rig.ts';

/** Where the numbering of requests stands; each segment goes on from the one before it. */
export type Numbers = { readonly legit: number; readonly sent: number };

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
};

export type SegmentOutcome = {
  readonly raw: RawSegment;
  readonly operated: readonly Operated[];
  /** What instruments of actions saw. */
  readonly seen: readonly RawSeen[];
  readonly numbers: Numbers;
};

/**
 * Runs one segment: k6 announces the origin, and the agents and the operations follow it. On an abort
 * everything is cut short and what there is comes back.
 */
export const runSegment = async (inputs: SegmentInputs): Promise<SegmentOutcome> => {
  const { rig, name, segment, arrivals, tokens, virtualUsers, timeoutMs, numbers, clock, follower } = inputs;
  const { docker, run, stack, schedule, networks, scratch, credentials, agents, actions, images, ids, signal } = rig;
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
    const [fired, done, legit] = await Promise.all([
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
      operate({ operations: segment.operations, acting: actions.acting, originNs, signal }).then((operated) =>
        bringHome(actions, operated),
      ),
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
      ...done,
      numbers: { legit: numbers.legit + arrivals.length, sent: fired.nextSeq },
    };
  } finally {
    signal.removeEventListener('abort', cut);
    await following?.stop();
    await load.stop();
  }
};

/** What the operations of a segment brought back: what actions' own instruments saw, and what shows that one proves nothing. */
const bringHome = async (
  { acting }: Rig['actions'],
  operated: readonly Operated[],
): Promise<Pick<SegmentOutcome, 'operated' | 'seen'>> => {
  const brought = await Promise.all(
    [...acting].map(([kind, { bring }]) => bring?.(operated.filter(({ operation }) => operation.kind === kind))),
  );
  const faultOf = (number: number): string | undefined =>
    brought.map((one) => one?.faults.get(number)).find((fault) => fault !== undefined);
  return {
    operated: operated.map((one) => ({ ...one, error: one.error ?? faultOf(one.number) ?? null })),
    seen: brought.flatMap((one) => one?.seen ?? []),
  };
};
