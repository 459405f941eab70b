import { placesPassed, touching } from './disturbance.ts';
import type { Disturbance } from './disturbance.ts';
import type { LegitRecord } from './history.ts';
import type { RouteSlot } from './schedule.ts';
import type { Hop } from './stack.ts';

/** What the positive control of the journals is made of. */
export type JournalInputs = {
  readonly services: readonly string[];
  readonly routes: readonly RouteSlot[];
  readonly legit: readonly LegitRecord[];
  readonly hops: readonly Hop[];
  readonly disturbances: readonly Disturbance[];
  /** The sequence numbers of the replayed requests in the journal of each service. */
  readonly journals: ReadonlyMap<string, ReadonlySet<number | null>>;
};

/** The replayed requests that must stand in the journal of a service, and those of them that do not. By time, as they were given. */
export type Journalled = {
  readonly service: string;
  readonly due: readonly LegitRecord[];
  readonly missed: readonly LegitRecord[];
};

/**
 * The positive control of the journals: every replayed request that was answered with success stands in the journal of each service
 * that it crosses. A journal that lacks some may lack admissions as well. Where the harness disturbs a place on the way of a request,
 * another may answer in the place of a service: such requests are left out, and no others. Pure.
 */
export const journalled = ({
  services,
  routes,
  legit,
  hops,
  disturbances,
  journals,
}: JournalInputs): readonly Journalled[] => {
  const passed = routes.map((route) => placesPassed(route, hops));
  const undisturbed = legit.filter(
    (request) =>
      answered(request) &&
      touching(disturbances, passed[request.route]!, request.sentMs, request.endMs, 'failure') === undefined,
  );
  return services.map((service) => {
    const seen = journals.get(service);
    const due = undisturbed.filter(({ route }) => routes[route]!.crosses.includes(service));
    return { service, due, missed: due.filter(({ seq }) => seen?.has(seq) !== true) };
  });
};

type Answered = LegitRecord & { readonly sentMs: number; readonly endMs: number };

const answered = (request: LegitRecord): request is Answered =>
  request.sentMs !== null &&
  request.endMs !== null &&
  request.status !== null &&
  request.status >= 200 &&
  request.status < 300;
