import { placesPassed, touching } from '../../model/index.ts';
import type { Disturbance, Hop, LegitRecord, LossRecord, RouteSlot, SeenRecord } from '../../model/index.ts';

/** What is joined: the routes of the run, its replayed requests, what the harness disturbed, and all that witnesses saw. */
export type Sightings = {
  readonly services: readonly string[];
  readonly routes: readonly RouteSlot[];
  readonly legit: readonly LegitRecord[];
  readonly hops: readonly Hop[];
  readonly disturbances: readonly Disturbance[];
  readonly witness: readonly SeenRecord[];
};

/**
 * The positive control of the witnesses: every replayed request that was answered stands in the journal of each service that it
 * crosses. A witness that missed some may have missed admissions as well, and a deaf one would make every attack look refused.
 * Where the harness disturbs a place on the way of a request, another may answer in the place of a service: such requests are left
 * out, and no others. Pure.
 */
export const deafWitnesses = ({ services, routes, hops, legit, disturbances, witness }: Sightings): LossRecord[] => {
  const passed = routes.map((route) => placesPassed(route, hops));
  return services.flatMap((service): LossRecord[] => {
    const seen = new Set(
      witness.flatMap(({ seq, data }) => (data['service'] === service && data['of'] === 'legit' ? [seq] : [])),
    );
    const missed = legit.filter(
      (request) =>
        answered(request) &&
        routes[request.route]!.crosses.includes(service) &&
        !seen.has(request.seq) &&
        touching(disturbances, passed[request.route]!, request.sentMs, request.endMs, 'failure') === undefined,
    );
    if (missed.length === 0) return [];
    return [
      {
        type: 'loss',
        observer: 'witness',
        code: 'missed',
        count: missed.length,
        data: { service, first: missed[0]!.seq },
      },
    ];
  });
};

type Answered = LegitRecord & { readonly sentMs: number; readonly endMs: number };

const answered = (request: LegitRecord): request is Answered =>
  request.sentMs !== null &&
  request.endMs !== null &&
  request.status !== null &&
  request.status >= 200 &&
  request.status < 300;
