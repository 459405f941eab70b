import type { Arrival } from '../model/index.ts';
import { ln } from './logarithm.ts';
import type { Random } from './random.ts';
import { tenth } from './time.ts';

/** A stretch of time in which arrivals come at one rate. */
export type RateSlot = { readonly startMs: number; readonly endMs: number; readonly perSecond: number };

/**
 * Poisson arrivals, at the rate of each slot: independent users do not come in step. `rank` and `route` are asked once for
 * each arrival. Ordered by time.
 */
export const poissonArrivals = (
  slots: readonly RateSlot[],
  random: Random,
  rank: Random,
  route: () => number,
): readonly Arrival[] => {
  const arrivals: Arrival[] = [];
  for (const { startMs, endMs, perSecond } of slots) {
    if (perSecond <= 0) continue;
    // Gaps have no memory, so each slot may begin afresh.
    let at = startMs - (ln(1 - random()) / perSecond) * 1000;
    while (at < endMs) {
      arrivals.push([tenth(at), Math.floor(rank() * 10_000) / 10_000, route()]);
      at -= (ln(1 - random()) / perSecond) * 1000;
    }
  }
  return arrivals;
};

/** An attempt is judged by the nearest arrivals of its route on both sides, between two interceptions as well, which lie a second apart. */
const longestGapMs = 200;

/**
 * The arrivals of a segment that the run sends: those whose rank is below `keep` (thinning of a Poisson process; Lewis and
 * Shedler 1979). The ramp's arrivals have rank 0 and are kept by any share above 0. Of a route of which nothing was kept for 0.2 s,
 * the next arrival is kept whatever its rank: a slow stack, or a rare route, must not leave attempts without a twin. `routes` has
 * the route of each slot that an arrival names.
 */
export const materialise = (
  segment: { readonly arrivals: readonly Arrival[] },
  keep: number,
  routes: readonly { readonly id: string }[],
): readonly Arrival[] => {
  const last = new Map<string, number>();
  return segment.arrivals.filter(([atMs, rank, slot]) => {
    const id = routes[slot]!.id;
    if (rank >= keep && atMs - (last.get(id) ?? -Infinity) <= longestGapMs) return false;
    last.set(id, atMs);
    return true;
  });
};
