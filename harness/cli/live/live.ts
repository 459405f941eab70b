import type { Progress } from '../../execute/engine/index.ts';
import type { LiveState } from '../../execute/live/index.ts';
import type { Part, PartUnderWay } from './parts.ts';

/** Where a run shows how it goes. What is shown depends on where it goes: a view in a terminal, lines in a log. */
export type Live = {
  /** The run under way, at this moment; `progress` is where its lines go. */
  readonly show: (state: LiveState, progress: Progress) => void;
  /** What is done now, in the place of a state: nothing is being replayed. */
  readonly note: (line: string) => void;
  /** The run is over: nothing of it stays but its lines. Idempotent. */
  readonly done: () => void;
  /** The same for a part of a longer job. */
  readonly within: (part: Part) => Live;
};

/** How one kind of place shows it. */
export type Surface = {
  readonly show: (state: LiveState, parts: readonly PartUnderWay[], nowMs: number, progress: Progress) => void;
  readonly note: (line: string, parts: readonly PartUnderWay[], nowMs: number) => void;
  readonly done: () => void;
};

/** A live on a surface. `now`: ms of a clock that only goes forward. */
export const liveOn = (surface: Surface, now: () => number): Live => {
  // When the job began of which a part is told, by how deep it lies in others.
  const jobs = new Map<number, number>();
  const under = (parts: readonly PartUnderWay[]): Live => ({
    show: (state, progress) => surface.show(state, parts, now(), progress),
    note: (line) => surface.note(line, parts, now()),
    done: surface.done,
    within: (part) => {
      const startedMs = now();
      if (part.at === 1 || !jobs.has(parts.length)) jobs.set(parts.length, startedMs);
      return under([...parts, { ...part, startedMs, jobStartedMs: jobs.get(parts.length)! }]);
    },
  });
  return under([]);
};
