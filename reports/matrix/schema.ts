import { z } from 'zod';
import { attack, controlId, controlVerdict, duration, whole } from '../schema/parts.ts';

const error = z
  .strictObject({
    code: z.string().describe('What kind of error, as in the documentation of the exit codes.'),
    message: z.string().describe('What was expected, and what was found.'),
    hint: z.string().nullable().describe('The next thing to do.'),
  })
  .describe('An error of the harness or of what it was given.');

const defaults = z
  .strictObject({
    product: z.string().describe('The product whose defaults these are.'),
    version: z.string().describe('Its version.'),
    page: z.string().describe('The page of its documentation that the configuration is from.'),
    admits: z
      .record(z.string(), z.string())
      .describe(
        'Attacks of the plan that are expected to get through, as they did where they were measured: id → what the documentation of ' +
          'the product says of it; empty where it says nothing.',
      ),
    measured: z
      .strictObject({
        run: z.string().describe('Id of the run.'),
        plan: z.string().describe('Id of its plan.'),
        harness: z.string().describe('Version of Holdfast.'),
        report: z.string().nullable().describe('SHA-256 (hex) of its report.json; null where that was not kept.'),
      })
      .nullable()
      .default(null)
      .describe('The run that showed what to expect; null where none did, or the matrix is older.'),
    unmeasured: z
      .array(z.string())
      .default([])
      .describe('Attacks of the plan of which nothing is expected yet, for they were not in that run.'),
  })
  .describe('A stack that must not hold: a product configured as its getting-started page has it.');

const outcome = z.strictObject({
  ...attack.pick({ id: true, title: true, control: true, critical: true, verdict: true }).shape,
  reason: z.string().nullable().describe('Why it is not a pass, or why it did not run; null where it passed.'),
  attempts: whole.describe('Executions of the attack.'),
  admitted: whole.describe('Of these, got through.'),
  explained: z
    .string()
    .nullable()
    .describe('What the documentation of the product says about it; null where it says nothing.'),
});

const waiver = z.strictObject({
  enforcer: z.string().describe('The compiler that leaves the part out.'),
  part: z.string().describe('The part of the policy that it cannot express.'),
  reason: z.string().describe('Why that is accepted.'),
  expires: z.string().describe('The last day on which it is accepted.'),
  explained: whole.describe('Requests that were decided otherwise than the policy says, and that it explains.'),
});

const requests = z.strictObject({
  intended: whole.describe('Legitimate requests that the schedule asks for.'),
  dropped: whole.describe('Of these, never sent.'),
  failed: whole.describe('Without a good answer in time.'),
  attempts: whole.describe('Attempts of all attacks.'),
  admitted: whole.describe('Of these, got through.'),
});

const capacity = z.strictObject({
  perSecond: z.number().min(0).describe('Legitimate requests per second that the stack sustained.'),
  measured: z.boolean().describe('False where the plan gave it.'),
  clamped: z.boolean().describe("True where the plan's ceiling, not the stack, set the limit."),
  peakPerSecond: z.number().min(0).describe('Legitimate arrivals per second at the peak of the spike.'),
});

const milliseconds = whole.describe('In milliseconds.');

const plan = z.strictObject({
  plan: z.string().describe('Its id.'),
  standard: z.number().gt(0).lt(1).describe('Largest admitted share that a pass may leave open.'),
  critical: z.number().gt(0).lt(1).describe('The same for a critical attack.'),
});

const trim = z
  .strictObject({
    asked: plan.describe('The plan that was asked for.'),
    instead: plan.nullable().describe('The plan that was run; null where the stack was left out.'),
    refused: z.string().describe('The lightest plan for which there was no time.'),
    needMs: milliseconds.describe('What that plan takes, as estimated from the runs before, in milliseconds.'),
    leftMs: milliseconds.describe('What was left of the budget when that was decided, in milliseconds.'),
    keptMs: milliseconds.describe('Of that, kept for the stacks after this one, in milliseconds.'),
  })
  .describe('What the budget of the night took away.');

const row = z
  .strictObject({
    stack: z.string().describe('Id of the stack.'),
    title: z.string().describe('Its title.'),
    edge: z
      .string()
      .nullable()
      .describe('The load balancer, by the name of its part; null where the stack has its own.'),
    mesh: z.string().nullable().describe('The mesh, likewise.'),
    defaults: defaults.nullable().describe('For a stack of defaults, whose; null for a reference stack.'),
    verdict: z
      .enum(['HOLDS', 'BROKEN', 'UNKNOWN', 'INVALID', 'ERROR'])
      .describe('Of its run; ERROR where there is none.'),
    plan: z
      .string()
      .nullable()
      .default(null)
      .describe('Id of the plan that was run on it, where that is known; null where none was.'),
    trimmed: trim
      .nullable()
      .default(null)
      .describe('Why that is a lighter plan than was asked for, or none; null where the budget took nothing away.'),
    asExpected: z
      .boolean()
      .describe(
        'A reference stack holds; a stack of defaults is broken by just what got through where it was measured.',
      ),
    unexpected: z.array(z.string()).describe('What is not as expected, a sentence each.'),
    reasons: z.array(z.string()).describe('Why its verdict is not HOLDS, as the report says; empty where it is.'),
    error: error.nullable().describe('Why there is no verdict; null where there is one.'),
    run: z.string().nullable().describe('Id of the run.'),
    startedAt: z.string().nullable().describe('When it started, ISO 8601.'),
    folder: z.string().nullable().describe('Folder of the run, from that of the matrix; null where there is none.'),
    digest: z.string().nullable().describe("SHA-256 (hex) of the run's report.json."),
    partial: z.boolean().describe('True where the run was stopped before its end.'),
    score: z
      .strictObject({
        value: z.number().min(0).max(100).describe('0 to 100.'),
        letter: z.enum(['A', 'B', 'C', 'D', 'E', 'F']).describe('The letter, after the caps.'),
      })
      .nullable()
      .describe('The score of the run.'),
    controls: z
      .array(z.strictObject({ id: controlId, verdict: controlVerdict }))
      .describe('The controls that the plan has attacks for.'),
    attacks: z.array(outcome).describe('Every attack that the plan requires, run or not.'),
    notApplicable: z
      .record(z.string(), z.string())
      .describe('Attacks of the plan that do not apply to the stack: id → the feature that it lacks.'),
    requests: requests.nullable().describe('What was sent.'),
    capacity: capacity.nullable().describe('The capacity to which the spike was scaled.'),
    latencyP99Ms: z
      .record(z.string(), duration)
      .describe('By phase: 99th percentile of the latency from the intended time.'),
    waivers: z.array(waiver).describe('Parts of the policy that an enforcer of this stack is let off, for a time.'),
    versions: z.record(z.string(), z.string()).describe('Versions of the harness and the images.'),
  })
  .describe('One stack of the matrix.');

/** `matrix.json`, version 1: what a run over several stacks came to. */
export const matrixSchema = z
  .strictObject({
    schema: z.literal('https://holdfast.dev/matrix/v1').describe('Names this version of the schema.'),
    matrix: z.string().describe('Id of the matrix.'),
    startedAt: z.string().describe('When the first run started, ISO 8601.'),
    harness: z.string().describe('Version of Holdfast.'),
    plan: z.string().describe('Id of the plan that was run on each stack.'),
    seed: z.string().describe('Seed of every schedule.'),
    only: z.string().nullable().describe('The glob of --only, where the runs were narrowed by it.'),
    overlay: z.boolean().describe('True where --overlay changed the configuration of the stacks.'),
    budget: z
      .strictObject({
        ms: milliseconds.describe('The time that the night was given, in milliseconds.'),
        spentMs: milliseconds.describe('The time that it took, in milliseconds.'),
      })
      .nullable()
      .default(null)
      .describe('The budget of the night; null where it had none.'),
    asExpected: z.boolean().describe('True where every row is.'),
    rows: z.array(row).describe('A row for each stack, in the order in which they were run.'),
  })
  .describe('Matrix of Holdfast runs: one plan, several stacks.');

/** A matrix: see `matrixSchema`. */
export type Matrix = z.infer<typeof matrixSchema>;
/** One stack of a matrix. */
export type MatrixRow = Matrix['rows'][number];
/** What the budget of the night took away from a stack. */
export type MatrixTrim = NonNullable<MatrixRow['trimmed']>;
/** What one attack came to on a stack. */
export type MatrixAttack = MatrixRow['attacks'][number];
