import { z } from 'zod';
import type { Gate } from '../../model/index.ts';

const positive = z.number().positive();
const ratio = z.number().gt(1);
const globs = z.array(z.string().trim().min(1));

/** The form of a gate file; what each number means is said in model/comparison.ts, and in scenarios/gates/default.yaml. */
export const gateSchema: z.ZodType<Gate> = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'expected lower-case letters, digits and dashes'),
  description: z.string().trim().min(1),
  alpha: z.number().gt(0).lt(1),
  fail: globs.min(1),
  need: globs,
  least: z.strictObject({
    latencyMs: z.number().min(0),
    latencyRatio: ratio,
    floorMs: z.number().min(0),
    capacityRatio: ratio,
    failedShare: z.number().min(0).max(1),
    scorePoints: z.number().min(0).max(100),
  }),
  spread: z.strictObject({
    runs: z.int().min(2),
    measuredOver: z.int().min(2),
    throughput: positive,
    floor: positive,
    p50: positive,
    p99: positive,
  }),
});
