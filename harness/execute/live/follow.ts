import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Arrival, Hop, Kinds, Schedule } from '../../model/index.ts';
import type { Progress } from '../engine/index.ts';
import { readRequestId } from '../identity/index.ts';
import { attemptTally } from './attempts.ts';
import { touchedBy } from './disturbed.ts';
import { loadTally } from './load.ts';
import { lastEnd, phaseNow } from './phase.ts';
import type { AttemptsNow, LiveState } from './state.ts';
import { tailFile } from './tail.ts';
import type { Tail } from './tail.ts';

/** Receives how the run goes, about once a second while it is replayed. */
export type OnLive = (state: LiveState) => void;

/** What the follower needs of a run. Folders are absolute. */
export type FollowerInputs = {
  readonly run: string;
  readonly key: Uint8Array;
  readonly schedule: Schedule;
  readonly kinds: Pick<Kinds, 'actions' | 'evidence'>;
  readonly hops: readonly Hop[];
  readonly services: readonly string[];
  readonly timeoutMs: number;
  readonly scratch: { readonly root: string; readonly journal: string; readonly load: string };
  readonly onLive: OnLive;
  /** For the one line by which it falls silent. */
  readonly progress: Progress;
};

/** A segment that has its origin. */
export type Followed = {
  readonly name: 'capacity' | 'main';
  /** Those that are kept of the segment's. */
  readonly arrivals: readonly Arrival[];
  /** Sequence number of its first attempt. */
  readonly firstSeq: number;
  /** CLOCK_MONOTONIC, ns. */
  readonly originNs: bigint;
};

/** Follows the segments of a run, one after another; `stop` ends the following of one, and waits until it has ended. */
export type Follower = { readonly follow: (segment: Followed) => { readonly stop: () => Promise<void> } };

const everyMs = 1000;

/**
 * Reads along with k6, the agents and the witnesses in the run's scratch folder. Never throws: where it cannot read it says so in
 * one line, and is silent from then on.
 */
export const startFollower = (inputs: FollowerInputs): Follower => {
  const { run, key, schedule, kinds, hops, services, timeoutMs, scratch, onLive, progress } = inputs;
  const segments = [schedule.capacity, schedule.main].filter((segment) => segment !== null);
  const scheduled = segments.reduce((sum, { attempts }) => sum + attempts.length, 0);
  let before: Omit<AttemptsNow, 'scheduled'> = { due: 0, answered: 0, admitted: 0 };
  let silent = false;
  const seqOf = (identity: string): number | null => {
    const known = readRequestId(run, key, identity);
    return known?.kind === 'attack' ? known.seq : null;
  };

  const follow: Follower['follow'] = ({ name, arrivals, firstSeq, originNs }) => {
    const segment = schedule[name]!;
    const touched = touchedBy(segment, kinds, schedule.routes, hops);
    const load = loadTally({ arrivals, timeoutMs, touched });
    const attempts = attemptTally({
      run,
      segment,
      attacks: schedule.attacks,
      evidence: kinds.evidence,
      firstSeq,
      seqOf,
    });
    const afterwardsMs = name === 'capacity' ? lastEnd(schedule.main.phases) : 0;
    const results = tailFile(join(scratch.load, name, 'results.txt'));
    const journals = services.map((service) => tailFile(join(scratch.journal, `${service}.ndjson`), { from: 'end' }));
    const agents = new Map<string, Tail>();
    const ended = new AbortController();

    const read = async (): Promise<void> => {
      await results.read(load.take);
      for (const file of await resultFiles(join(scratch.root, 'agent'))) {
        if (!agents.has(file)) agents.set(file, tailFile(file));
        await agents.get(file)!.read(attempts.takeResults);
      }
      // Last, so that an admission is not seen before its outcome without need.
      for (const journal of journals) await journal.read(attempts.takeJournal);
    };
    const stateNow = (): LiveState => {
      const elapsedMs = Number(process.hrtime.bigint() - originNs) / 1e6;
      const own = attempts.at(elapsedMs);
      return {
        ...phaseNow(segment.phases, elapsedMs),
        leftMs: Math.max(0, lastEnd(segment.phases) - elapsedMs) + afterwardsMs,
        load: load.at(elapsedMs),
        attempts: { scheduled, ...added(before, own) },
      };
    };
    const following = (async (): Promise<void> => {
      while (!ended.signal.aborted && !silent) {
        await read();
        onLive(stateNow());
        await sleep(everyMs, undefined, { signal: ended.signal }).catch(() => undefined);
      }
    })().catch((error: unknown) => {
      silent = true;
      progress(`live progress ends here: ${error instanceof Error ? error.message : String(error)}`);
    });
    return {
      stop: async () => {
        ended.abort();
        await following;
        before = added(before, attempts.at(Number.POSITIVE_INFINITY));
      },
    };
  };
  return { follow };
};

const added = (
  a: Omit<AttemptsNow, 'scheduled'>,
  b: Omit<AttemptsNow, 'scheduled'>,
): Omit<AttemptsNow, 'scheduled'> => ({
  due: a.due + b.due,
  answered: a.answered + b.answered,
  admitted: a.admitted + b.admitted,
});

/** The files that the agents write now: each is removed when its segment is over (execute/attack/agents). */
const resultFiles = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder)).filter((file) => file.endsWith('.results')).map((file) => join(folder, file));
