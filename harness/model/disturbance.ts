import type { Link } from './graph.ts';
import type { Hop } from './stack.ts';

/** What a disturbance may be the cause of. Never of an admission: that is a fact, whatever the harness did to the stack. */
export type Excuse = 'failure' | 'latency' | 'drop' | 'lateness';

/**
 * A stretch of time in which the harness itself keeps a part of the stack from answering: a hop that is taken over, an edge that is
 * killed. It is asked alike by twins, latencies, drops, blind phases, the fitness of the instrument, the live view and the schedule.
 */
export type Disturbance = {
  /** Kind of the action. */
  readonly action: string;
  /** Members (`edge`, ids of services) and hops (`from→to`) that may not answer, or not be reached. */
  readonly places: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly excuses: readonly Excuse[];
  /** True where attempts go on while it acts: those that cannot be judged then are not held against what they try. */
  readonly attacked: boolean;
};

/** What an action says of itself: where it disturbs, and for how long before and after it acts. */
export type Disturbs = Pick<Disturbance, 'places' | 'excuses' | 'attacked'> & {
  readonly beforeMs: number;
  readonly afterMs: number;
};

/** A hop as a place. */
export const placeOfHop = ({ from, to }: Link): string => `${from}→${to}`;

/** The members and hops that a request of a route passes. Older routes name their services alone: there was one way through them. Pure. */
export const placesPassed = (
  { crosses, hops: own }: { readonly crosses: readonly string[]; readonly hops?: readonly Link[] | undefined },
  hops: readonly Hop[],
): ReadonlySet<string> => {
  const entries = hops.filter(({ from }) => !hops.some(({ to }) => to === from));
  const members = new Set([...entries.map(({ from }) => from), ...crosses]);
  const passed = own ?? hops.filter(({ from, to }) => members.has(from) && crosses.includes(to));
  return new Set([...members, ...passed.map(placeOfHop)]);
};

/** The first disturbance that may have touched what passed these places from one time to another; undefined where none may. Pure. */
export const touching = (
  disturbances: readonly Disturbance[],
  places: ReadonlySet<string>,
  fromMs: number,
  toMs: number,
  excuse: Excuse,
): Disturbance | undefined =>
  disturbances.find(
    (one) =>
      one.fromMs <= toMs &&
      one.toMs >= fromMs &&
      one.excuses.includes(excuse) &&
      one.places.some((place) => places.has(place)),
  );
