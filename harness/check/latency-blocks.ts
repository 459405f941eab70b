import type { LatencyBlock, PhaseRecord } from '../model/index.ts';
import type { Replayed } from './load.ts';
import { rampPhase } from './phases.ts';

const shortestMs = 500;
/** Enough for a bootstrap over blocks, few enough for a file that is committed. */
const mostInPhase = 12;

/** Lower edge of a histogram's bin 0 in ms, and the ratio of one edge to the next: a figure is read to 5% of itself. */
export const histogramScale = { firstMs: 0.1, growth: 1.1 } as const;

const growth = Math.log(histogramScale.growth);

/** The bin of a latency in ms. */
export const binOfLatency = (ms: number): number =>
  ms <= histogramScale.firstMs ? 0 : Math.floor(Math.log(ms / histogramScale.firstMs) / growth + 1e-9);

/**
 * The latencies of the replayed requests in equal stretches of each phase, route by route; what the harness itself held up is left
 * out, and a stretch without requests of a route is none of it.
 */
export const latencyBlocks = (
  phases: readonly PhaseRecord[],
  routes: readonly { readonly id: string }[],
  replayed: readonly Replayed[],
): LatencyBlock[] =>
  phases.flatMap((phase) => {
    // The ramp saturates the stack on purpose: its latencies are those of the queue.
    if (phase.id === rampPhase) return [];
    const { id, startMs, endMs } = phase;
    const count = Math.max(1, Math.min(mostInPhase, Math.floor((endMs - startMs) / shortestMs)));
    const lengthMs = (endMs - startMs) / count;
    const bins = Array.from({ length: count }, () => routes.map(() => new Map<number, number>()));
    for (const { request, latencyMs, excused, phase: own } of replayed) {
      if (own !== phase || excused.latency) continue;
      const block = bins[Math.min(count - 1, Math.floor((request.dueMs - startMs) / lengthMs))]?.[request.route];
      const bin = binOfLatency(latencyMs);
      block?.set(bin, (block.get(bin) ?? 0) + 1);
    }
    return bins.flatMap((byRoute, i) =>
      byRoute.flatMap((counts, route) =>
        counts.size === 0
          ? []
          : {
              phase: id,
              route: routes[route]?.id ?? '',
              startMs: rounded(startMs + i * lengthMs),
              endMs: rounded(startMs + (i + 1) * lengthMs),
              histogram: [...counts]
                .toSorted(([a], [b]) => a - b)
                .map(([bin, times]) => `${bin}:${times}`)
                .join(' '),
            },
      ),
    );
  });

const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;
