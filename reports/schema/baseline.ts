import { z } from 'zod';
import { postureSchema } from './posture.ts';

/** A name of a baseline: what its file is called, without `.json`. */
export const baselineName = /^[a-z0-9][a-z0-9.-]*$/;

/** `reports/baselines/<name>.json`, version 1, as a zod schema: the same shape as `Baseline` of the model. */
export const baselineSchema = z
  .strictObject({
    schema: z.literal('https://holdfast.dev/baseline/v2').describe('Names this version of the schema.'),
    name: z.string().regex(baselineName).describe('Its name; the file has the same.'),
    runs: z
      .array(
        z.strictObject({
          report: z
            .string()
            .regex(/^[0-9a-f]{64}$/)
            .describe('SHA-256 (hex) of the report.json that it was taken from.'),
          posture: postureSchema.describe('What a comparison reads of that run.'),
        }),
      )
      .min(1)
      .describe('The runs to compare with, newest last. All are of one plan and one stack.'),
  })
  .describe('Runs to compare with.');
