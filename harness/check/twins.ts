import { reason, touching } from '../model/index.ts';
import type {
  AttackRecord,
  AttemptRecord,
  Disturbance,
  LegitRecord,
  Outcome,
  Reason,
  RunRecord,
  TwinRecord,
} from '../model/index.ts';
import { onThe, placesTried, touchingReplayed } from './disturbances.ts';
import { firstAtLeast } from './quantile.ts';

/** How far a twin may be from an attempt, on each side. */
export const nearMs = 1000;
/** How far it may be from a stretch in which what it passes serves nobody, such as the window of an interception. */
const nearWindowMs = 3000;
/** How far from such a stretch it must be: a hop needs a moment to serve again. */
const marginMs = 200;

/** Key of the twins of a form. */
export const formKey = (attack: string, form: number): string => `${attack} ${form}`;

/** Tells why the twin of an attempt does not hold; null where the nearest ones before and after both succeeded. */
export type TwinFault = (
  attempt: AttemptRecord,
  around?: { readonly startMs: number; readonly endMs: number },
) => Reason | null;

type Track = { readonly due: Float64Array; readonly ok: Uint8Array };
/** The twins that nothing disturbed, and those with what was disturbed while attempts went on. */
type Tracks = { readonly open: Track; readonly all: Track };

const succeeded = ({ status }: Outcome): boolean => status !== null && status >= 200 && status < 300;

const track = (requests: readonly (Outcome & { readonly dueMs: number })[]): Track => {
  const sorted = requests.toSorted((a, b) => a.dueMs - b.dueMs);
  return {
    due: Float64Array.from(sorted, ({ dueMs }) => dueMs),
    ok: Uint8Array.from(sorted, (r) => (succeeded(r) ? 1 : 0)),
  };
};

const tracksOf = <T extends Outcome & { readonly dueMs: number }>(
  requests: readonly T[],
  touched: (request: T) => boolean,
): Tracks => {
  const all = track(requests);
  const open = requests.filter((request) => !touched(request));
  return { all, open: open.length === requests.length ? all : track(open) };
};

type Inputs = {
  readonly run: RunRecord;
  readonly legit: readonly LegitRecord[];
  readonly twins: ReadonlyMap<string, readonly TwinRecord[]>;
  readonly disturbances: readonly Disturbance[];
};

/**
 * The twins of an attack's forms. An attempt counts as refused only while the same way was open to those who may use it: a stack that
 * is down refuses everything. Dropped arrivals were never sent, so they say nothing about the stack; nor do those that the harness
 * itself may have kept from being answered. But an attempt that was made in the midst of it is held to what became of them as well.
 */
export const twinsOf = (inputs: Inputs): ((attack: AttackRecord) => TwinFault) => {
  const { run, disturbances } = inputs;
  const attacked = disturbances.filter((one) => one.attacked);
  const traffic = trafficOf(inputs, attacked);
  const known = new Map<string, TwinFault>();
  const faultOf = (attack: AttackRecord): TwinFault => {
    const forms = attack.forms.map((form, i) => {
      const { places, disturbances: own } = onThe(placesTried(run, form), attacked);
      const during = (fromMs: number, toMs: number): boolean =>
        own.length > 0 && touching(own, places, fromMs, toMs, 'failure') !== undefined;
      const tracks =
        form.route === null
          ? tracksOf(inputs.twins.get(formKey(attack.id, i)) ?? [], ({ dueMs, endMs }) => during(dueMs, endMs))
          : traffic.get(form.route);
      return { tracks, during };
    });
    return ({ form, dueMs, endMs }, around) => {
      const own = forms[form];
      if (own?.tracks === undefined) return reason('twin-is-no-route');
      const from = own.during(dueMs, endMs) ? own.tracks.all : own.tracks.open;
      return around === undefined
        ? holds(from, dueMs, dueMs, { of: 'moment', withinMs: nearMs })
        : holds(from, around.startMs - marginMs, around.endMs + marginMs, { of: 'window', withinMs: nearWindowMs });
    };
  };
  return (attack) => {
    const fault = known.get(attack.id) ?? faultOf(attack);
    known.set(attack.id, fault);
    return fault;
  };
};

/** The replayed requests of each route as twins. What attempts are scheduled around is none of them. */
const trafficOf = (
  { run, legit, disturbances }: Inputs,
  attacked: readonly Disturbance[],
): ReadonlyMap<string, Tracks> => {
  const around = touchingReplayed({ run, disturbances: disturbances.filter((one) => !one.attacked) });
  const amidst = touchingReplayed({ run, disturbances: attacked });
  const byRoute = new Map<string, LegitRecord[]>(run.routes.map(({ id }) => [id, []]));
  for (const request of legit) {
    if (request.sentMs !== null && around(request, 'failure') === undefined)
      byRoute.get(run.routes[request.route]?.id ?? '')?.push(request);
  }
  return new Map(
    [...byRoute].map(([id, requests]) => [
      id,
      tracksOf(requests, (request) => amidst(request, 'failure') !== undefined),
    ]),
  );
};

type Reach = { readonly of: 'moment' | 'window'; readonly withinMs: number };

const holds = ({ due, ok }: Track, fromMs: number, toMs: number, reach: Reach): Reason | null => {
  const after = firstAtLeast(due, toMs);
  // A twin at the very same time stands on both sides.
  const before = due[after] === fromMs && fromMs === toMs ? after : firstAtLeast(due, fromMs) - 1;
  if (!near(fromMs, due[before], reach)) return reason('no-twin', { side: 'before', ...reach });
  if (!near(toMs, due[after], reach)) return reason('no-twin', { side: 'after', ...reach });
  return ok[before] === 1 && ok[after] === 1 ? null : reason('twin-failed');
};

const near = (atMs: number, twinMs: number | undefined, { withinMs }: Reach): boolean =>
  twinMs !== undefined && Math.abs(twinMs - atMs) <= withinMs;
