import { z } from 'zod';
import { controlIds } from '../../harness/model/index.ts';

const whole = z.int().min(0);
const verdict = z.enum(['pass', 'fail', 'unknown']);
const quantile = z.number().nullable();

/**
 * What a trend needs of a `report.json`. Looser than the schema of a report: what came later may be missing, and what is not needed
 * is left out, so that nights of an older harness stay in the picture.
 */
export const nightSchema = z.object({
  schema: z.enum(['https://holdfast.dev/report/v2', 'https://holdfast.dev/report/v1']),
  run: z.string(),
  startedAt: z.iso.datetime(),
  harness: z.string(),
  verdict: z.enum(['HOLDS', 'BROKEN', 'UNKNOWN', 'INVALID']),
  partial: z.boolean(),
  plan: z.string(),
  stack: z.string(),
  only: z.string().nullable(),
  score: z.object({ value: z.number(), letter: z.enum(['A', 'B', 'C', 'D', 'E', 'F']) }),
  controls: z.array(z.object({ id: z.enum(controlIds), verdict })),
  attacks: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      control: z.enum(controlIds),
      critical: z.boolean(),
      verdict,
      bound: z.number(),
      bound95: z.number().nullable(),
      attempts: whole,
      clusters: whole,
      refused: whole,
      admitted: whole,
      served: whole.default(0),
      withheld: whole.default(0),
      indeterminate: whole,
    }),
  ),
  incidents: z.array(
    z.object({
      id: z.string(),
      attack: z.string(),
      title: z.string(),
      critical: z.boolean(),
      admitted: whole,
      of: whole,
    }),
  ),
  load: z.object({
    intended: whole,
    failed: whole,
    latencyMs: z.record(z.string(), z.object({ p50: quantile, p99: quantile })),
  }),
  capacity: z
    .object({
      perSecond: z.number(),
      measured: z.boolean(),
      peakPerSecond: z.number(),
      saturatedPerSecond: z.number().nullable().default(null),
    })
    .nullable(),
  versions: z.record(z.string(), z.string()),
  digests: z.record(z.string(), z.string()),
  machine: z.object({ cpus: z.number(), memoryBytes: z.number() }),
});

/** What a trend needs of a `matrix.json`: which rows came to nothing, and what was expected of the others. */
export const nightMatrixSchema = z.object({
  rows: z.array(
    z.object({
      stack: z.string(),
      folder: z.string().nullable(),
      asExpected: z.boolean(),
      error: z.object({ message: z.string() }).nullable(),
    }),
  ),
});
