import { z } from 'zod';
import { reasonSchema } from './reason.ts';
import type { DeepReadonly } from './readonly.ts';
import { attackSchema } from './report/attack.ts';
import type { decisionSchema } from './report/incident.ts';
import { incidentSchema } from './report/incident.ts';
import { loadSchema } from './report/load.ts';
import { controlId, controlVerdict, whole } from './report/parts.ts';
import type { counts } from './report/parts.ts';
import { timelineSchema } from './report/timeline.ts';
import { runVerdicts } from './verdict.ts';

const score = z.strictObject({
  value: z.number().min(0).max(100).describe('0 to 100.'),
  letter: z.enum(['A', 'B', 'C', 'D', 'E', 'F']).describe('The letter, after the caps.'),
  caps: z
    .array(
      z.strictObject({
        letter: z.string().describe('The best letter that is left.'),
        reason: reasonSchema.describe('Why.'),
      }),
    )
    .describe('What caps the letter.'),
  table: z.string().describe('Version of the table of weights.'),
});

const sabotage = z.strictObject({
  measured: z.boolean().describe('False where there is no sabotage result of this version.'),
  measuredAt: z.string().nullable().describe('When it was measured, ISO 8601.'),
  total: whole.describe('Sabotages tried.'),
  caught: whole.describe('Of these, noticed by the attacks.'),
  missed: z.array(z.string()).describe('Ids of those that were not.'),
  falseAlarms: whole.describe('Failed findings on the sound stack.'),
});

/** `report.json`, version 2: a pure function of the history. The types below are inferred from it, and its JSON Schema made of it (reports/schema). */
export const reportSchema = z
  .strictObject({
    schema: z.literal('https://holdfast.dev/report/v2').describe('Names this version of the schema.'),
    run: z.string().describe('Id of the run.'),
    startedAt: z.string().describe('ISO 8601; the only wall-clock time of the run.'),
    harness: z.string().describe('Version of Holdfast.'),
    verdict: z.enum(runVerdicts).describe('INVALID: the instrument itself was not fit.'),
    reasons: z.array(reasonSchema).describe('Why the verdict is not HOLDS; empty where it is.'),
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
          reasons: z.array(reasonSchema).describe('Why it is not a pass.'),
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
          attacks: z
            .array(z.string())
            .describe('Attacks of the plan that do not apply therefore: no pass, and no failure.'),
          controls: z.array(controlId).describe('Controls whose claim is not made therefore, unless it is refuted.'),
        }),
      )
      .optional()
      .describe(
        'Features that the stack lacks. Absent where it lacks none, and where the history is older than features.',
      ),
    attacks: z.array(attackSchema).describe('Every attack that the plan requires, run or not.'),
    load: loadSchema.describe('The replayed traffic and how well it was replayed.'),
    capacity: z
      .strictObject({
        perSecond: z
          .number()
          .min(0)
          .describe(
            'Legitimate requests per second that the stack delivers at saturation; of older runs, that it sustained.',
          ),
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
    timeline: timelineSchema,
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
          observer: z.string().describe('Kind of what lost it.'),
          code: z.string().describe('What was lost.'),
          count: whole.describe('How many.'),
          data: z.record(z.string(), z.unknown()).describe('What belongs to it.'),
        }),
      )
      .describe('Evidence that is known to be lost.'),
    sabotage: sabotage.describe('Sensitivity: what the last holdfast sabotage of this stack measured.'),
    incidents: z.array(incidentSchema).describe('What got through.'),
    waivers: z
      .array(
        z.strictObject({
          enforcer: z.string().describe('Compiler that cannot express the part.'),
          part: z.string().describe('The part of the policy.'),
          reason: z.string().describe('Why it was accepted.'),
          expires: z.string().describe('Last day on which it holds, YYYY-MM-DD.'),
          inForce: z.boolean().describe('False where its last day was over when the run began.'),
          explained: whole.describe(
            'Requests that it explains: decided otherwise than the policy says, and not counted.',
          ),
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

export type Report = DeepReadonly<z.infer<typeof reportSchema>>;
export type Score = Report['score'];
export type ControlReport = Report['controls'][number];
export type Counts = DeepReadonly<z.infer<typeof counts>>;
export type AttackReport = Report['attacks'][number];
export type LoadReport = Report['load'];
/** Latencies of the requests of one route that were due in a stretch of a phase. */
export type LatencyBlock = LoadReport['latencyBlocks'][number];
export type Timeline = Report['timeline'];
export type LinkReport = Report['tap'][number];
/** A waiver of the policy, and what it explained. */
export type WaiverReport = Report['waivers'][number];
export type DecisionReport = DeepReadonly<z.infer<typeof decisionSchema>>;
export type Incident = Report['incidents'][number];
