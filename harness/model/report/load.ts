import { z } from 'zod';
import { duration, whole } from './parts.ts';

/** The load of a report. */
export const loadSchema = z.strictObject({
  intended: whole.describe('Legitimate requests that the schedule asks for.'),
  sent: whole.describe('Of these, sent.'),
  dropped: whole.describe('Of these, never sent: the generator could not keep up.'),
  failed: whole.describe('Without a good answer in time.'),
  latenessP99Ms: duration.describe('99th percentile of sent minus intended time; null where nothing was sent.'),
  edgeLatenessP99Ms: duration.describe(
    "99th percentile of the arrival at the edge minus the intended time, from the edge's own log.",
  ),
  latencyMs: z
    .record(
      z.string(),
      z.strictObject({
        p50: duration.describe('Median.'),
        p99: duration.describe('99th percentile.'),
        p999: duration.describe('99.9th percentile.'),
        requests: whole.describe('Requests that were counted.'),
        leftOut: whole.describe(
          'Requests that the harness itself may have held up, as by taking over a hop that they cross: not counted.',
        ),
      }),
    )
    .describe('By phase: latency from the intended time; a dropped request counts as the time-out.'),
  latencyBlocks: z
    .array(
      z.strictObject({
        phase: z.string().describe('Id of the phase.'),
        route: z.string().describe('Id of the route.'),
        startMs: z.number().describe('Start of the stretch, from the origin of the run.'),
        endMs: z.number().describe('Its end.'),
        histogram: z
          .string()
          .regex(/^([0-9]+:[0-9]+( [0-9]+:[0-9]+)*)?$/)
          .describe('BIN:COUNT pairs; bin k covers 0.1 × 1.1^k ms to 0.1 × 1.1^(k+1) ms, bin 0 also what is below.'),
      }),
    )
    .describe('The latencies in time, for comparisons.'),
});
