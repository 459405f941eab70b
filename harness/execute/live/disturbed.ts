import { askDisturbs, placesPassed, touching } from '../../model/index.ts';
import type { Disturbance, Hop, Kinds, RouteSlot, Segment } from '../../model/index.ts';

/** Tells whether what the harness itself does may have touched a request of a route, by its times in ms from the segment's origin. */
export type Touched = (route: number, dueMs: number, endMs: number) => boolean;

/**
 * What the harness itself does to the stack is no failure of it, and no latency. The operations are those of the schedule; those that
 * were, which the report goes by, lie within them.
 */
export const touchedBy = (
  { operations }: Pick<Segment, 'operations'>,
  { actions }: Pick<Kinds, 'actions'>,
  routes: readonly Pick<RouteSlot, 'crosses' | 'hops'>[],
  hops: readonly Hop[],
): Touched => {
  const disturbances = operations.flatMap(({ kind, op, startMs, endMs }): Disturbance[] => {
    const action = actions.get(kind);
    const disturbs = action === undefined ? null : askDisturbs(action, op, hops);
    if (disturbs === null) return [];
    const { beforeMs, afterMs, ...what } = disturbs;
    return [{ action: kind, ...what, fromMs: startMs - beforeMs, toMs: endMs + afterMs }];
  });
  const byRoute = routes.map((route) => placesPassed(route, hops));
  return (route, dueMs, endMs) =>
    touching(disturbances, byRoute[route] ?? new Set(), dueMs, endMs, 'failure') !== undefined;
};
