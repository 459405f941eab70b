import { z } from 'zod';
import { reasonSchema } from '../reason.ts';
import { controlId, controlVerdict, countFields, counts, share, whole } from './parts.ts';

/** An attack of a report. */
export const attackSchema = z
  .strictObject({
    id: z.string().describe('Row of the catalogue, e.g. M3.'),
    name: z.string().describe('The claim, e.g. refuses-bad-client-certificate.'),
    title: z.string().describe('The technique, in a few words.'),
    control: controlId,
    critical: z.boolean().describe('One admission breaks the claim of the control outright.'),
    verdict: controlVerdict,
    reason: reasonSchema.nullable().describe('Why it is not a pass, or why it did not run; null where it passed.'),
    notShown: z
      .array(reasonSchema)
      .optional()
      .describe(
        'Phases and forms of which nothing was shown, for what the harness did to the stack; absent where there are none.',
      ),
    required: whole.describe('Determinate attempts that the bound of the plan needs.'),
    bound: share.describe('Largest admitted share that a pass may leave open, as the plan asks.'),
    bound95: share
      .nullable()
      .describe('One-sided 95% Clopper–Pearson upper bound on the admitted share; null without determinate attempts.'),
    bound95Clusters: share.nullable().describe('The same bound over independent clusters.'),
    ...countFields,
    phases: z.record(z.string(), counts).describe('The counts by phase.'),
    variants: z
      .array(
        z.strictObject({
          variant: z.string().describe('Form of the technique.'),
          target: z.string().describe('Who must refuse it.'),
          ...countFields,
        }),
      )
      .describe('The counts by variant and target.'),
    indeterminateReasons: z
      .array(z.strictObject({ reason: reasonSchema.describe('The reason.'), count: whole.describe('Of so many.') }))
      .describe('Why attempts were indeterminate.'),
    secure: z.string().describe('What must happen.'),
    remediation: z.string().describe('What to do about an admission.'),
    sources: z.array(z.string()).describe('RFC sections, CVEs, CWEs, ASVS sections.'),
    definition: z
      .string()
      .nullable()
      .describe(
        "SHA-256 of the attack's definition: two runs tried the same where it is the same. Null in older histories.",
      ),
  })
  .describe('One attack of the plan.');
