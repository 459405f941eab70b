import { z } from 'zod';
import { controlId, moment, whole } from './parts.ts';

/** What the policy says at one enforcer, and what that did. */
export const decisionSchema = z.strictObject({
  at: z.string().describe('The edge, or a service.'),
  enforcer: z.string().nullable().describe('Compiler that configured it; null where files alone do.'),
  policy: z.enum(['allow', 'deny']).describe('What the policy says.'),
  by: z.array(z.string()).describe('The parts of the policy that say so.'),
  did: z.enum(['allow', 'deny', 'not asked']).describe('What the enforcer did.'),
});

/** An incident of a report. */
export const incidentSchema = z
  .strictObject({
    id: z.string().describe('Stable between runs: attack, variant and target.'),
    attack: z.string().describe('Id of the attack.'),
    title: z.string().describe('Title of the attack.'),
    control: controlId,
    critical: z.boolean().describe('It breaks the claim of the control outright.'),
    variant: z.string().describe('Form of the technique.'),
    target: z.string().describe('Who should have refused it.'),
    hop: z.string().describe('The hop at which it should have been refused.'),
    admitted: whole.describe(
      'Attempts that got through; for a comparison with the policy, those that were decided otherwise.',
    ),
    of: whole.describe('Attempts of this form.'),
    phases: z.array(z.string()).describe('Phases in which any got through.'),
    firstMs: moment.describe('The first admission, in ms since the origin of the run.'),
    lastMs: moment.describe('The last admission, in ms since the origin of the run.'),
    request: z.string().describe('The request as it was sent, credentials by recipe.'),
    evidence: z
      .array(
        z.strictObject({
          seq: whole.nullable().describe('Sequence of the attempt; null where it has none.'),
          atMs: moment.describe('In ms since the origin of the run.'),
          attacker: z.string().describe('What the attacker saw.'),
          witness: z.array(z.string()).describe('What the witnesses saw.'),
          request: z.string().nullable().describe('The request, where requests of the same kind differ.'),
          decisions: z
            .array(decisionSchema)
            .describe('For a comparison with the policy: enforcer by enforcer, in the order in which it meets them.'),
        }),
      )
      .describe('Up to five of them.'),
    remediation: z.string().describe('What to do about it.'),
    places: z
      .array(
        z.strictObject({
          file: z.string().describe('Path from the root of the repository.'),
          line: z.int().min(1).describe('Counted from one.'),
          part: z.string().describe('What stands there: a part of the policy, or attacks.<id> of the plan.'),
        }),
      )
      .optional()
      .describe('Where to look, the most telling first; absent in reports of older versions.'),
  })
  .describe('A failed finding with what is needed to see it.');
