import type { LegitRecord, LossRecord, RouteSlot, WindowRecord, WitnessRecord } from '../../model/index.ts';

/** What is joined: the routes of the run, its replayed requests, the hops that were taken over, and all that witnesses saw. */
export type Sightings = {
  readonly services: readonly string[];
  readonly routes: readonly RouteSlot[];
  readonly legit: readonly LegitRecord[];
  readonly windows: readonly WindowRecord[];
  readonly witness: readonly WitnessRecord[];
};

/**
 * The positive control of the witnesses: every replayed request that was answered stands in the journal of each service that it
 * crosses. A witness that missed some may have missed admissions as well, and a deaf one would make every attack look refused.
 * While a hop is taken over, an impostor may answer in the place of a service: such requests are left out. Pure.
 */
export const deafWitnesses = ({ services, routes, legit, windows, witness }: Sightings): LossRecord[] =>
  services.flatMap((service): LossRecord[] => {
    const seen = new Set(
      witness.flatMap((entry) => (entry.service === service && entry.kind === 'legit' ? entry.seq : [])),
    );
    const missed = legit.filter(
      (request) =>
        answered(request) &&
        routes[request.route]!.crosses.includes(service) &&
        !seen.has(request.seq) &&
        !windows.some((window) => overlaps(request, window)),
    );
    if (missed.length === 0) return [];
    const detail = `requests that were answered and that it did not journal; the first: ${missed[0]!.seq}`;
    return [{ type: 'loss', what: `witness of ${service}`, count: missed.length, detail }];
  });

const answered = ({ status }: LegitRecord): boolean => status !== null && status >= 200 && status < 300;

const overlaps = ({ sentMs, endMs }: LegitRecord, window: WindowRecord): boolean =>
  sentMs !== null && endMs !== null && sentMs <= window.endMs && endMs >= window.startMs;
