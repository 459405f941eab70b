import type { PhaseSlot } from '../model/index.ts';
import { coverOrder } from './coverage.ts';
import type { Cell } from './coverage.ts';
import { clearanceMs } from './disturbance.ts';
import { randomStream, shuffle } from './random.ts';
import { tenth } from './time.ts';

/** The time in which an action acts for one form of an attack, by their indices. */
export type WindowSlot = {
  readonly attack: number;
  readonly form: number;
  readonly startMs: number;
  readonly endMs: number;
};

/** Windows may take this share of a phase: the rest is left to the attacks whose twins they disturb. */
const shareOfPhase = 2 / 3;
/** Attempts per second within windows above which an attack gets further windows, where there is room. */
const calmPerSecond = 150;
/** What a window needs to take the hop over, and to let the last answers come in, in ms. */
export const opening = { afterStartMs: 350, beforeEndMs: 150 } as const;

/** At both ends of a segment no window stands this close, where there is room: its twins are the traffic on both sides of it. */
const quietMs = 500;

/** An attack that intercepts: its place in the schedule, its forms, and how many attempts it makes in all. */
export type Interceptor = {
  readonly attack: number;
  readonly critical: boolean;
  readonly cells: readonly Cell[];
  readonly attempts: number;
};

/**
 * Places the windows: never two at once, each attack in each phase, each variant and hop once, each form of a critical attack
 * once, each form of the others, as far as there is room, in this order of importance. Further windows go to the attack whose attempts would be most crowded. Sorted by time.
 */
export const placeWindows = (
  phases: readonly PhaseSlot[],
  interceptionMs: number,
  interceptors: readonly Interceptor[],
  seed: string,
): readonly WindowSlot[] => {
  const slotMs = interceptionMs + 2 * clearanceMs;
  const room = phases.map(({ startMs, endMs }) => {
    const length = endMs - startMs;
    return Math.max(Math.floor((length * shareOfPhase) / slotMs), length >= slotMs ? 1 : 0);
  });
  const covers = interceptors.map(({ attack, cells }) =>
    coverOrder(cells, randomStream(seed, `windows/cover/${attack}`)),
  );
  const counts = countWindows(interceptors, covers, room, interceptionMs);
  const random = randomStream(seed, 'windows/place');

  return distribute(counts, room).flatMap((inPhase, p) => {
    const { startMs, endMs } = within(phases, p, inPhase.length * slotMs);
    const stratum = (endMs - startMs) / inPhase.length;
    return shuffle(inPhase, random).map(({ interceptor, turn }, i) => {
      const { order } = covers[interceptor]!;
      const start = tenth(startMs + i * stratum + random() * (stratum - slotMs) + clearanceMs);
      return {
        attack: interceptors[interceptor]!.attack,
        form: order[turn % order.length]!,
        startMs: start,
        endMs: tenth(start + interceptionMs),
      };
    });
  });
};

/** The part of a phase in which its windows may stand, which need so much of it. */
const within = (phases: readonly PhaseSlot[], p: number, neededMs: number): Omit<PhaseSlot, 'id'> => {
  const { startMs, endMs } = phases[p]!;
  const quiet = { startMs: startMs + (p === 0 ? quietMs : 0), endMs: endMs - (p === phases.length - 1 ? quietMs : 0) };
  return quiet.endMs - quiet.startMs >= neededMs ? quiet : { startMs, endMs };
};

const countWindows = (
  interceptors: readonly Interceptor[],
  covers: readonly { readonly order: readonly number[]; readonly needed: number }[],
  room: readonly number[],
  interceptionMs: number,
): readonly number[] => {
  const counts = interceptors.map(() => 0);
  let left = room.reduce((a, b) => a + b, 0);
  const grow = (i: number): void => {
    counts[i]!++;
    left--;
  };
  const inPhases = room.filter((n) => n > 0).length;
  const wishes = [
    () => inPhases,
    (i: number) => covers[i]!.needed,
    (i: number) => (interceptors[i]!.critical ? covers[i]!.order.length : 0),
    (i: number) => covers[i]!.order.length,
  ];
  for (const wish of wishes) {
    for (let grew = true; grew;) {
      grew = false;
      counts.forEach((count, i) => {
        if (count >= wish(i) || left === 0) return;
        grow(i);
        grew = true;
      });
    }
  }
  const openS = (interceptionMs - opening.afterStartMs - opening.beforeEndMs) / 1000;
  const crowding = (i: number): number => interceptors[i]!.attempts / (counts[i]! * openS);
  while (left > 0 && interceptors.length > 0) {
    const most = counts.map((_, i) => i).reduce((a, b) => (crowding(b) > crowding(a) ? b : a));
    if (crowding(most) <= calmPerSecond) break;
    grow(most);
  }
  return counts;
};

type Turn = { readonly interceptor: number; readonly turn: number };

/** Shares the windows out to the phases: first one of each attack to each phase, then wherever most room is left. */
const distribute = (counts: readonly number[], room: readonly number[]): readonly (readonly Turn[])[] => {
  const phases: Turn[][] = room.map(() => []);
  const turns = counts.map(() => 0);
  const put = (interceptor: number, phase: number): void => {
    phases[phase]!.push({ interceptor, turn: turns[interceptor]!++ });
  };
  const free = (phase: number): number => (room[phase] === 0 ? 0 : 1 - phases[phase]!.length / room[phase]!);
  room.forEach((_, phase) =>
    counts.forEach((count, i) => {
      if (turns[i]! < count && free(phase) > 0) put(i, phase);
    }),
  );
  for (let i = 0; counts.some((count, k) => turns[k]! < count); i = (i + 1) % counts.length) {
    if (turns[i]! < counts[i]!)
      put(
        i,
        room.map((_, p) => p).reduce((a, b) => (free(b) > free(a) ? b : a)),
      );
  }
  return phases;
};
