import type { LegitRecord, LossRecord, OpRecord, RouteSlot, SeenRecord } from '../../model/index.ts';

/** What is joined: the routes of the run, its replayed requests, what was done to the stack, and all that witnesses saw. */
export type Sightings = {
  readonly services: readonly string[];
  readonly routes: readonly RouteSlot[];
  readonly legit: readonly LegitRecord[];
  readonly ops: readonly OpRecord[];
  readonly witness: readonly SeenRecord[];
};

/**
 * The positive control of the witnesses: every replayed request that was answered stands in the journal of each service that it
 * crosses. A witness that missed some may have missed admissions as well, and a deaf one would make every attack look refused.
 * While something is done to the stack, another may answer in the place of a service: such requests are left out. Pure.
 */
export const deafWitnesses = ({ services, routes, legit, ops, witness }: Sightings): LossRecord[] =>
  services.flatMap((service): LossRecord[] => {
    const seen = new Set(
      witness.flatMap(({ seq, data }) => (data['service'] === service && data['of'] === 'legit' ? [seq] : [])),
    );
    const missed = legit.filter(
      (request) =>
        answered(request) &&
        routes[request.route]!.crosses.includes(service) &&
        !seen.has(request.seq) &&
        !ops.some((op) => overlaps(request, op)),
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

const answered = ({ status }: LegitRecord): boolean => status !== null && status >= 200 && status < 300;

/** What has only a moment answers for nobody. */
const overlaps = ({ sentMs, endMs }: LegitRecord, op: OpRecord): boolean =>
  op.endMs > op.startMs && sentMs !== null && endMs !== null && sentMs <= op.overMs && endMs >= op.askedMs;
