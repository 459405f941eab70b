import type { AttackRecord, AttemptRecord, LegitRecord, Outcome, WindowRecord } from '../model/index.ts';
import { formKey } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import { firstAtLeast } from './quantile.ts';
import { touchedByWindow } from './windows.ts';

/** How far a twin may be from an attempt, on each side. */
export const nearMs = 1000;
/** How far it may be from the window of an interception, during which the hop serves nobody. */
const nearWindowMs = 3000;
/** How far from the window it must be: the hop needs a moment to serve again. */
const marginMs = 200;

/** Tells why the twin of an attempt does not hold; null where the nearest ones before and after both succeeded. */
export type TwinHolds = (attempt: AttemptRecord, window: WindowRecord | null) => string | null;

type Track = { readonly due: Float64Array; readonly ok: Uint8Array };

const succeeded = ({ status }: Outcome): boolean => status !== null && status >= 200 && status < 300;

const track = (requests: readonly (Outcome & { readonly dueMs: number })[]): Track => {
  const sorted = requests.toSorted((a, b) => a.dueMs - b.dueMs);
  return {
    due: Float64Array.from(sorted, ({ dueMs }) => dueMs),
    ok: Uint8Array.from(sorted, (r) => (succeeded(r) ? 1 : 0)),
  };
};

/**
 * The twins of an attack's forms. An attempt counts as refused only while the same way was open to those who may use it:
 * a stack that is down refuses everything. Dropped arrivals were never sent, so they say nothing about the stack.
 */
export const twinsOf = (evidence: Evidence): ((attack: AttackRecord) => TwinHolds) => {
  const touched = touchedByWindow(evidence);
  const byRoute = new Map<string, LegitRecord[]>(evidence.run.routes.map(({ id }) => [id, []]));
  for (const request of evidence.legit) {
    const id = evidence.run.routes[request.route]?.id ?? '';
    if (request.sentMs !== null && !touched(request)) byRoute.get(id)?.push(request);
  }
  const traffic = new Map([...byRoute].map(([id, requests]) => [id, track(requests)]));
  return (attack) => {
    const tracks = attack.forms.map(({ route }, form) =>
      route === null ? track(evidence.twins.get(formKey(attack.id, form)) ?? []) : traffic.get(route),
    );
    return ({ form, dueMs }, window) => {
      const own = tracks[form];
      if (own === undefined) return 'its twin is not a route of this run';
      return window === null
        ? holds(own, dueMs, dueMs, nearMs, `within ${nearMs} ms`)
        : holds(
            own,
            window.startMs - marginMs,
            window.endMs + marginMs,
            nearWindowMs,
            `within ${nearWindowMs} ms of the window`,
          );
    };
  };
};

const holds = ({ due, ok }: Track, fromMs: number, toMs: number, reachMs: number, reach: string): string | null => {
  const after = firstAtLeast(due, toMs);
  // A twin at the very same time stands on both sides.
  const before = due[after] === fromMs && fromMs === toMs ? after : firstAtLeast(due, fromMs) - 1;
  if (!near(fromMs, due[before], reachMs)) return `no twin ${reach} before it`;
  if (!near(toMs, due[after], reachMs)) return `no twin ${reach} after it`;
  return ok[before] === 1 && ok[after] === 1 ? null : 'its twin did not succeed either';
};

const near = (atMs: number, twinMs: number | undefined, reachMs: number): boolean =>
  twinMs !== undefined && Math.abs(twinMs - atMs) <= reachMs;
