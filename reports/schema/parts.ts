import { z } from 'zod';
import { controlIds } from '../../harness/model/index.ts';

/** A number of things. */
export const whole = z.int().min(0);
/** A time in the run, in ms since its origin; negative before it. */
export const moment = z.number();
/** A duration in ms; null where nothing was measured. */
export const duration = z.number().nullable();
export const share = z.number().min(0).max(1);
export const controlId = z.enum(controlIds).describe('A control: one of the claims that Holdfast proves or refutes.');
export const controlVerdict = z
  .enum(['pass', 'fail', 'unknown'])
  .describe('Of an attack or a control. The worst wins; unknown is never a pass.');

const countFields = {
  attempts: whole.describe('Executions of the attack.'),
  clusters: whole.describe('Independent clusters of them: attempts that share a connection are one.'),
  refused: whole.describe('The witness saw nothing of the attempt, while its twin succeeded.'),
  admitted: whole.describe('The attempt got through, whatever status the attacker got.'),
  served: whole.describe('The policy allows the request, and every enforcer that it met let it pass.'),
  withheld: whole.describe('The policy allows the request, and an enforcer turned it away. It breaks the claim as well.'),
  indeterminate: whole.describe('The evidence does not say. Never counted as refused.'),
};

/** Attempts by their verdict. */
export const counts = z.strictObject(countFields);

export const attack = z
  .strictObject({
    id: z.string().describe('Row of the catalogue, e.g. M3.'),
    name: z.string().describe('The claim, e.g. refuses-bad-client-certificate.'),
    title: z.string().describe('The technique, in a few words.'),
    control: controlId,
    critical: z.boolean().describe('One admission breaks the claim of the control outright.'),
    verdict: controlVerdict,
    reason: z.string().nullable().describe('Why it is not a pass, or why it did not run; null where it passed.'),
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
    indeterminateReasons: z.record(z.string(), whole).describe('Why attempts were indeterminate: reason → count.'),
    secure: z.string().describe('What must happen.'),
    remediation: z.string().describe('What to do about an admission.'),
    sources: z.array(z.string()).describe('RFC sections, CVEs, CWEs, ASVS sections.'),
    definition: z
      .string()
      .nullable()
      .describe("SHA-256 of the attack's definition: two runs tried the same where it is the same. Null in older histories."),
  })
  .describe('One attack of the plan.');

export const incident = z
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
            .array(
              z.strictObject({
                at: z.string().describe('The edge, or a service.'),
                enforcer: z.string().nullable().describe('Compiler that configured it; null where files alone do.'),
                policy: z.enum(['allow', 'deny']).describe('What the policy says.'),
                by: z.array(z.string()).describe('The parts of the policy that say so.'),
                did: z.enum(['allow', 'deny', 'not asked']).describe('What the enforcer did.'),
              }),
            )
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

const perBin = z.array(z.number().nullable());

export const timeline = z
  .strictObject({
    binMs: z.number().positive().describe('Length of one bin.'),
    originMs: moment.describe('Start of bin 0, in ms since the origin of the run.'),
    phases: z
      .array(
        z.strictObject({
          id: z.string().describe('Id of the phase.'),
          startMs: moment.describe('Its start.'),
          endMs: moment.describe('Its end.'),
        }),
      )
      .describe('The phases of the run.'),
    windows: z
      .array(
        z.strictObject({
          attack: z.string().describe('Id of the attack that took the hop over.'),
          hop: z.string().describe('The hop.'),
          variant: z.string().describe('Form of the technique.'),
          startMs: moment.describe('Its start.'),
          endMs: moment.describe('Its end.'),
        }),
      )
      .describe('Times in which a hop was taken over.'),
    intendedPerSecond: perBin.describe('Legitimate requests that the trace asks for, per second.'),
    answeredPerSecond: perBin.describe('Legitimate requests that were answered, per second.'),
    failedPerSecond: perBin.describe('Legitimate requests that failed, per second.'),
    attemptsPerSecond: perBin.describe('Attempts, per second.'),
    admittedPerSecond: perBin.describe('Attempts that were admitted, or decided otherwise than the policy says, per second.'),
    latencyP50Ms: perBin.describe('Median latency from the intended time.'),
    latencyP99Ms: perBin.describe('99th percentile of the latency from the intended time.'),
  })
  .describe('Series on one axis: index i covers binMs from originMs + i × binMs; null where there is nothing.');
