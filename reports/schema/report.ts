import { z } from 'zod';
import { attack, controlId, controlVerdict, duration, incident, timeline, whole } from './parts.ts';

const score = z.strictObject({
  value: z.number().min(0).max(100).describe('0 to 100.'),
  letter: z.enum(['A', 'B', 'C', 'D', 'E', 'F']).describe('The letter, after the caps.'),
  caps: z
    .array(
      z.strictObject({
        letter: z.string().describe('The best letter that is left.'),
        reason: z.string().describe('Why.'),
      }),
    )
    .describe('What caps the letter.'),
  table: z.string().describe('Version of the table of weights.'),
});

const load = z.strictObject({
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
        leftOut: whole.describe('Requests in interception windows of a hop that they cross: not counted.'),
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

const sabotage = z.strictObject({
  measured: z.boolean().describe('False where there is no sabotage result of this version.'),
  measuredAt: z.string().nullable().describe('When it was measured, ISO 8601.'),
  total: whole.describe('Sabotages tried.'),
  caught: whole.describe('Of these, noticed by the attacks.'),
  missed: z.array(z.string()).describe('Ids of those that were not.'),
  falseAlarms: whole.describe('Failed findings on the sound stack.'),
});

/** `report.json`, version 1, as a zod schema: the same shape as `Report` of the model, which a test asserts at type level. */
export const reportSchema = z
  .strictObject({
    schema: z.literal('https://holdfast.dev/report/v1').describe('Names this version of the schema.'),
    run: z.string().describe('Id of the run.'),
    startedAt: z.string().describe('ISO 8601; the only wall-clock time of the run.'),
    harness: z.string().describe('Version of Holdfast.'),
    verdict: z.enum(['HOLDS', 'BROKEN', 'UNKNOWN', 'INVALID']).describe('INVALID: the instrument itself was not fit.'),
    reasons: z.array(z.string()).describe('Why the verdict is not HOLDS; empty where it is.'),
    partial: z.boolean().describe('True where the run was stopped before its end.'),
    seed: z.string().describe('Seed of the schedule.'),
    plan: z.string().describe('Id of the plan.'),
    stack: z.string().describe('Id of the stack.'),
    only: z.string().nullable().describe('The glob of --only, where the run was narrowed by it.'),
    score: score.describe('0 to 100 with a letter. Losing evidence never raises it.'),
    controls: z
      .array(
        z.strictObject({
          id: controlId,
          claim: z.string().describe('What is claimed.'),
          verdict: controlVerdict,
          reasons: z.array(z.string()).describe('Why it is not a pass.'),
        }),
      )
      .describe('The controls that the plan has attacks for.'),
    notClaimed: z
      .array(controlId)
      .describe(
        'Controls that this plan has no attacks for, or whose claim rests on what the stack lacks: the report does not speak about them.',
      ),
    lacks: z
      .array(
        z.strictObject({
          feature: z.string().describe('Its name.'),
          means: z.string().describe('What a stack has that has it.'),
          attacks: z.array(z.string()).describe('Attacks of the plan that do not apply therefore: no pass, and no failure.'),
          controls: z.array(controlId).describe('Controls whose claim is not made therefore, unless it is refuted.'),
        }),
      )
      .optional()
      .describe('Features that the stack lacks. Absent where it lacks none, and where the history is older than features.'),
    attacks: z.array(attack).describe('Every attack that the plan requires, run or not.'),
    load: load.describe('The replayed traffic and how well it was replayed.'),
    capacity: z
      .strictObject({
        perSecond: z.number().min(0).describe('Legitimate requests per second that the stack sustained.'),
        measured: z.boolean().describe('False where the plan gave it.'),
        clamped: z.boolean().describe("True where the plan's ceiling, not the stack, set the limit."),
        peakPerSecond: z.number().min(0).describe('Legitimate arrivals per second at the peak of the spike.'),
        saturatedPerSecond: z
          .number()
          .nullable()
          .describe('The most good answers per second over 1.5 s of the ramp; null where there was none.'),
        steps: z
          .array(
            z.strictObject({
              perSecond: z.number().describe('Arrivals per second that the step asked for.'),
              intended: whole.describe('Arrivals of the step.'),
              failed: whole.describe('Of these, without a good answer in time.'),
              dropped: whole.describe('Of these, never sent.'),
              latencyP99Ms: z.number().describe('99th percentile of the latency from the intended time.'),
              sustained: z.boolean().describe('The stack bore it.'),
            }),
          )
          .describe("The ramp's steps, lowest rate first."),
      })
      .nullable()
      .describe('The capacity to which the spike was scaled; null where the run ended before it was known.'),
    timeline,
    tap: z
      .array(
        z.strictObject({
          link: z.string().describe('The mesh link that was captured.'),
          packets: z.record(z.string(), whole).describe('Packets by class.'),
          connections: whole.describe('TCP connections seen.'),
          dropped: whole.describe('Packets that the capture itself lost.'),
        }),
      )
      .describe('Every packet of every mesh link, classified.'),
    losses: z
      .array(
        z.strictObject({
          what: z.string().describe('What was lost.'),
          count: whole.describe('How many.'),
          detail: z.string().describe('How.'),
        }),
      )
      .describe('Evidence that is known to be lost.'),
    sabotage: sabotage.describe('Sensitivity: what the last holdfast sabotage of this stack measured.'),
    incidents: z.array(incident).describe('What got through.'),
    waivers: z
      .array(
        z.strictObject({
          enforcer: z.string().describe('Compiler that cannot express the part.'),
          part: z.string().describe('The part of the policy.'),
          reason: z.string().describe('Why it was accepted.'),
          expires: z.string().describe('Last day on which it holds, YYYY-MM-DD.'),
          inForce: z.boolean().describe('False where its last day was over when the run began.'),
          explained: whole.describe('Requests that it explains: decided otherwise than the policy says, and not counted.'),
        }),
      )
      .describe('What the policy waives for an enforcer of this stack.'),
    overlay: z
      .array(
        z.strictObject({
          file: z.string().describe('Path in the rendered configuration.'),
          diff: z.string().describe('Unified diff.'),
        }),
      )
      .describe('What --overlay changed.'),
    versions: z.record(z.string(), z.string()).describe('Versions of the harness and the images.'),
    digests: z.record(z.string(), z.string()).describe('SHA-256 (hex) of what went into the run.'),
    machine: z
      .strictObject({
        cpus: whole.describe('Processors.'),
        memoryBytes: whole.describe('Memory.'),
        kernel: z.string().describe('Release of the kernel.'),
        engine: z.string().describe('Version of the container engine.'),
      })
      .describe('Where it ran.'),
  })
  .describe('Report of a Holdfast run.');

export type ReportData = z.infer<typeof reportSchema>;
