import { count } from '../../../reports/text/index.ts';
import type { LiveState } from '../../execute/live/index.ts';
import { partsText } from './parts.ts';
import type { PartUnderWay } from './parts.ts';
import { latencyText, progressText, rateText, spanText } from './words.ts';

/** A state as one line of a log, e.g. `spike 12 s of 22 s: asked 1,480/s, delivered 1,476/s, …, 17 s left`. */
export const lineOf = (
  { phase, phaseElapsedMs, phaseMs, leftMs, load, attempts }: LiveState,
  parts: readonly PartUnderWay[],
  nowMs: number,
): string => {
  const whole = partsText(parts, nowMs, leftMs);
  return `${phase} ${progressText(phaseElapsedMs, phaseMs)}: ${[
    `asked ${rateText(load.askedPerSecond)}`,
    `delivered ${rateText(load.deliveredPerSecond)}`,
    ...(load.failed > 0 ? [`failed ${count(load.failed)}`] : []),
    ...(load.disturbed > 0 ? [`disturbed ${count(load.disturbed)}`] : []),
    ...(load.dropped > 0 ? [`dropped ${count(load.dropped)}`] : []),
    `p99 ${latencyText(load.p99Ms)}`,
    `attempts ${count(attempts.due)}`,
    `admitted so far ${count(attempts.admitted)}`,
    `${spanText(leftMs)} left`,
    ...(whole === null ? [] : [whole.left ?? whole.where]),
  ].join(', ')}`;
};
