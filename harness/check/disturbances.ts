import { placeOfHop, placesPassed, touching } from '../model/index.ts';
import type { Disturbance, Excuse, FormRecord, LegitRecord, RunRecord } from '../model/index.ts';

type Run = { readonly run: RunRecord; readonly disturbances: readonly Disturbance[] };

/** What may have touched a replayed request on its way, and excuses this of it. */
export const touchingReplayed = ({
  run,
  disturbances,
}: Run): ((request: LegitRecord, excuse: Excuse) => Disturbance | undefined) => {
  const byRoute = run.routes.map((route) => onThe(placesPassed(route, run.stack.hops), disturbances));
  return ({ route, dueMs, endMs }, excuse) => {
    const own = byRoute[route];
    if (own === undefined || own.disturbances.length === 0) return undefined;
    return touching(own.disturbances, own.places, dueMs, endMs ?? dueMs + run.plan.load.timeoutMs, excuse);
  };
};

/** The places whose disturbance may be why an attempt of this form, or its twin, got no answer. */
export const placesTried = (run: RunRecord, { route, target }: FormRecord): ReadonlySet<string> => {
  const slot = run.routes.find(({ id }) => id === route);
  const hop = run.stack.hops.find((one) => placeOfHop(one) === target);
  const own = hop === undefined ? [target] : [target, hop.from, hop.to];
  return new Set([...own, ...(slot === undefined ? [] : placesPassed(slot, run.stack.hops))]);
};

/** The disturbances of some places, so that each request is not asked about all of them. */
export const onThe = (
  places: ReadonlySet<string>,
  disturbances: readonly Disturbance[],
): { readonly places: ReadonlySet<string>; readonly disturbances: readonly Disturbance[] } => ({
  places,
  disturbances: disturbances.filter((one) => one.places.some((place) => places.has(place))),
});
