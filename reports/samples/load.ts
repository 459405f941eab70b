import { materialise, randomStream } from '../../harness/schedule/index.ts';
import type { LegitRecord, OpRecord, RouteSlot, Segment } from '../../harness/model/index.ts';

/** A stack with one worker: what it can bear a second, how slow it is, and when it fails its users. */
export type Bears = {
  readonly perSecond: number;
  readonly times: (dueMs: number) => number;
  readonly fails: (dueMs: number) => boolean;
};

const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;

/** Share of the requests that take long for a reason of their own, and how much longer. */
const [slowShare, slowTimes] = [0.01, 6] as const;

/** The replayed requests of a segment, from number `firstSeq`: each waits for those before it. What crosses a hop that is taken over fails. */
export const answerTraffic = (
  segment: Segment,
  keep: number,
  routes: readonly RouteSlot[],
  windows: readonly OpRecord[],
  { perSecond, times, fails }: Bears,
  { originMs, firstSeq }: { readonly originMs: number; readonly firstSeq: number },
): readonly LegitRecord[] => {
  const random = randomStream('sample', `traffic ${firstSeq}`);
  let freeMs = 0;
  return materialise(segment, keep, routes).map(([atMs, , route], i): LegitRecord => {
    const { crosses = [], hops = [] } = routes[route] ?? {};
    const dueMs = rounded(originMs + atMs);
    const sentMs = rounded(dueMs + 0.2 + random() * 2);
    const ownMs =
      (3 + 2 * crosses.length) * times(dueMs) * (0.8 + 0.5 * random()) * (random() < slowShare ? slowTimes : 1);
    freeMs = Math.max(freeMs, sentMs) + 1000 / perSecond;
    const endMs = rounded(freeMs - 1000 / perSecond + ownMs);
    const taken = windows.some(({ askedMs, overMs, data }) => {
      const { from, to } = data['hop'] as { readonly from: string; readonly to: string };
      return dueMs >= askedMs && dueMs <= overMs && hops.some((hop) => hop.from === from && hop.to === to);
    });
    const status = taken || fails(dueMs) ? 503 : 200;
    return { type: 'legit', seq: firstSeq + i, route, dueMs, sentMs, endMs, status, error: null };
  });
};
