import type { Form } from './attack.ts';
import type { Link } from './graph.ts';

/**
 * The plan resolved with a seed. Same seed, plan, policy, stack and trace give the same bytes on any machine: it does not
 * depend on the capacity. It holds every arrival up to the plan's ceiling with a rank; the run keeps the arrivals whose rank
 * is below `peak × capacity ÷ ceiling` (thinning, Lewis and Shedler 1979), and records that number.
 */
export type Schedule = {
  readonly version: 1;
  readonly seed: string;
  readonly routes: readonly RouteSlot[];
  readonly attacks: readonly ScheduledAttack[];
  /** The ramp that measures the capacity; absent where the plan fixes the rate. */
  readonly capacity: Segment | null;
  readonly main: Segment;
};

/** A stretch of the run with an origin of its own: k6 and the agents start it together. Times count from that origin. */
export type Segment = {
  readonly phases: readonly PhaseSlot[];
  readonly arrivals: readonly Arrival[];
  readonly twins: readonly TwinStream[];
  readonly windows: readonly WindowSlot[];
  readonly attempts: readonly AttemptSlot[];
};

export type PhaseSlot = { readonly id: string; readonly startMs: number; readonly endMs: number };

/** A kind of legitimate request. `crosses`: the services that it passes, nearest first. */
export type RouteSlot = {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly subject: string;
  readonly claims: Readonly<Record<string, string>>;
  readonly crosses: readonly string[];
  /** The hops over which it passes them. Absent in older schedules, of chains. */
  readonly hops?: readonly Link[];
};

/** [intended time in ms from the segment's origin, rank in 0..1, index into routes]. */
export type Arrival = readonly [atMs: number, rank: number, route: number];

/** The forms of an attack, and how many determinate attempts its bound needs. */
export type ScheduledAttack = { readonly id: string; readonly required: number; readonly forms: readonly Form[] };

/** A twin that the harness sends itself; `forms` are [attack index, form index] that it stands for. */
export type TwinStream = {
  readonly send: Form['send'];
  readonly vantage: Form['vantage'];
  readonly atMs: readonly number[];
  readonly forms: readonly (readonly [attack: number, form: number])[];
};

/** The time in which a hop is taken over for one form. */
export type WindowSlot = {
  readonly attack: number;
  readonly form: number;
  readonly startMs: number;
  readonly endMs: number;
};

/** [intended time in ms, attack index, form index, 1 where the attempt opens a connection of its own]. Sorted by time. */
export type AttemptSlot = readonly [atMs: number, attack: number, form: number, fresh: 0 | 1];
