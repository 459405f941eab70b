import type { RouteSlot, ScheduledAttack, Segment } from '../../model/index.ts';

/** Tells whether a window of interception may have touched a request of a route, by its times in ms from the segment's origin. */
export type Touched = (route: number, dueMs: number, endMs: number) => boolean;

/** As in the report (harness/check/windows.ts): so long before a window, and so long after it. */
const beforeMs = 100;
const afterMs = 200;

/**
 * What a hop that the harness itself takes over does to the traffic that passes it is no failure of the stack, and no latency of
 * it. The windows are those of the schedule; those that were, which the report goes by, lie within them.
 */
export const touchedBy = (
  { windows }: Pick<Segment, 'windows'>,
  attacks: readonly Pick<ScheduledAttack, 'forms'>[],
  routes: readonly Pick<RouteSlot, 'crosses'>[],
): Touched => {
  const byRoute = routes.map(({ crosses }) =>
    windows.filter(({ attack, form }) => {
      const cutsOff = attacks[attack]?.forms[form]?.interception?.hop.to;
      return cutsOff !== undefined && crosses.includes(cutsOff);
    }),
  );
  return (route, dueMs, endMs) =>
    (byRoute[route] ?? []).some((window) => window.startMs <= endMs + afterMs && window.endMs >= dueMs - beforeMs);
};
