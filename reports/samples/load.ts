import { binOfLatency } from '../../harness/check/index.ts';
import type { LatencyBlock, RampStep } from '../../harness/model/index.ts';
import { sampleTimeline } from './timeline.ts';

/** Requests of a block, by multiples of its median latency: most near it, a few far above. */
const shape = [
  [0.6, 20],
  [0.9, 30],
  [1, 40],
  [1.4, 25],
  [2.5, 10],
  [6, 3],
  [11, 1],
] as const;

/** Routes of the sample, and how much slower than the first they are. */
const routes = [
  ['catalogue', 1],
  ['checkout', 2.2],
] as const;

/** Four blocks for each phase of the sample timeline and route, their latencies about the medians given in ms. */
export const sampleBlocks = (medianMs: Readonly<Record<string, number>>): LatencyBlock[] =>
  sampleTimeline(() => 0).phases.flatMap(({ id, startMs, endMs }) => {
    const median = medianMs[id];
    if (median === undefined) return [];
    const quarter = (endMs - startMs) / 4;
    return [0, 1, 2, 3].flatMap((i) =>
      routes.map(([route, slower]) => ({
        phase: id,
        route,
        startMs: startMs + i * quarter,
        endMs: startMs + (i + 1) * quarter,
        histogram: shape
          .map(([times, count]) => `${binOfLatency(median * slower * times * (1 + i / 20))}:${count + (i % 3)}`)
          .join(' '),
      })),
    );
  });

/** A ramp of ten steps that was borne up to a rate. */
export const sampleSteps = (capacity: number): RampStep[] =>
  Array.from({ length: 10 }, (_, i) => {
    const perSecond = Math.round((capacity * (i + 1)) / 8);
    const sustained = perSecond <= capacity;
    return {
      perSecond,
      intended: Math.round(perSecond * 0.375),
      failed: 0,
      dropped: 0,
      latencyP99Ms: sustained ? 20 + 4 * i : 240 + 40 * i,
      sustained,
    };
  });
