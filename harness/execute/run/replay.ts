import type { CapacityRecord, PhaseRecord, Plan, Segment } from '../../model/index.ts';
import { capacityOf, keepFor, materialise } from '../../schedule/index.ts';
import type { RunClock } from '../clock/index.ts';
import type { Authority } from '../identity/index.ts';
import { startFollower } from '../live/index.ts';
import type { OnLive } from '../live/index.ts';
import type { Rig } from './rig.ts';
import { runSegment } from './segment.ts';
import type { SegmentOutcome } from './segment.ts';

/** What the segments brought back. `partial`: why the run was cut short, or null. */
export type Replayed = {
  readonly outcomes: readonly SegmentOutcome[];
  readonly phases: readonly PhaseRecord[];
  readonly capacity: CapacityRecord | null;
  readonly partial: string | null;
};

/**
 * Runs the schedule's segments on a rig: the ramp, where the plan measures the capacity, and then the phases, at the share of it
 * that the plan asks for. After an abort it gives what there is. Throws what fails otherwise.
 */
export const replay = async ({
  rig,
  clock,
  plan,
  authority,
  onLive,
}: {
  readonly rig: Rig;
  readonly clock: RunClock;
  readonly plan: Plan;
  readonly authority: Authority;
  readonly onLive?: OnLive | undefined;
}): Promise<Replayed> => {
  const { schedule, signal, progress, stack } = rig;
  const { timeoutMs } = plan.load;
  const services = stack.services.map(({ id }) => id);
  const follower = onLive === undefined ? null : startFollower({ ...rig, services, timeoutMs, onLive });
  const outcomes: SegmentOutcome[] = [];
  const phases: PhaseRecord[] = [];
  let numbers = { legit: 0, sent: 0 };
  const segment = async (name: 'capacity' | 'main', keep: number): Promise<SegmentOutcome> => {
    const wanted = schedule[name]!;
    const outcome = await runSegment({
      rig,
      name,
      segment: wanted,
      arrivals: materialise(wanted, keep, schedule.routes),
      tokens: ({ subject, claims }) => authority.token({ subject, claims }),
      virtualUsers: plan.load.virtualUsers,
      timeoutMs,
      numbers,
      clock,
      follower,
    });
    numbers = outcome.numbers;
    outcomes.push(outcome);
    const { originMs } = outcome.raw;
    for (const { id, startMs, endMs } of wanted.phases)
      phases.push({ type: 'phase', id, startMs: originMs + startMs, endMs: originMs + endMs });
    return outcome;
  };

  let capacity: CapacityRecord | null = null;
  let partial: string | null = null;
  try {
    if (schedule.capacity !== null) progress(`capacity: ramp of ${seconds(schedule.capacity)} s, attacks running`);
    const ramp = schedule.capacity === null ? null : await segment('capacity', 1);
    signal.throwIfAborted();
    capacity = capacityOf(plan, ramp?.raw.legit ?? []);
    progress(
      `capacity: ${Math.round(capacity.perSecond)} requests/s; the spike peaks at ${Math.round(capacity.peakPerSecond)}/s`,
    );
    progress(`replay: ${schedule.main.phases.map(({ id }) => id).join(', ')} in ${seconds(schedule.main)} s`);
    await segment('main', keepFor(plan, capacity.perSecond).keep);
    signal.throwIfAborted();
  } catch (error) {
    if (!signal.aborted) throw error;
    partial = error instanceof Error ? error.message : String(error);
  }
  return { outcomes, phases, capacity, partial };
};

const seconds = (segment: Segment): number => Math.round(Math.max(...segment.phases.map(({ endMs }) => endMs)) / 1000);
