import { placeOfHop, placesPassed, touching } from '../model/index.ts';
import type {
  Disturbance,
  Disturbs,
  Excuse,
  FormRecord,
  Hop,
  Kinds,
  LegitRecord,
  OpRecord,
  RunRecord,
} from '../model/index.ts';

/** What an operation disturbs, as its action says of it; null where it disturbs nothing, or where no such action is known. */
export const disturbsOf = ({ kind, data }: OpRecord, { actions }: Kinds, hops: readonly Hop[]): Disturbs | null =>
  actions.get(kind)?.disturbs(data, hops) ?? null;

/** What the operations of a run may have kept from answering. One that failed may have disturbed as well. */
export const disturbancesOf = (operations: readonly OpRecord[], kinds: Kinds, hops: readonly Hop[]): Disturbance[] =>
  operations.flatMap((operation): Disturbance[] => {
    const disturbs = disturbsOf(operation, kinds, hops);
    if (disturbs === null) return [];
    const { askedMs, startMs, endMs, overMs } = operation;
    const { beforeMs, afterMs, ...what } = disturbs;
    return [
      {
        action: operation.kind,
        ...what,
        fromMs: Math.min(askedMs, startMs) - beforeMs,
        toMs: Math.max(endMs, overMs) + afterMs,
      },
    ];
  });

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
