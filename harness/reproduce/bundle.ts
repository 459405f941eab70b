import { z } from 'zod';
import { planSchema } from '../declare/plan/schema.ts';
import { policySchema } from '../declare/policy/schema.ts';
import { configurationPath, controlIds, historySchemas, scheduleSchema } from '../model/index.ts';
import type { AttackMeta, AttackRecord, CapacityRecord, DeepReadonly, Incident, RunRecord } from '../model/index.ts';

/** Says what a file is, and which version of it. */
export const bundleSchemaId = 'https://holdfast.dev/bundle/v2';

const text = z.string();
const count = z.int().nonnegative();
const run = historySchemas.run.shape;

const attackMeta = z.looseObject({
  id: text,
  name: text,
  title: text,
  control: z.enum(controlIds),
  critical: z.boolean(),
  technique: text,
  secure: text,
  remediation: text,
  sources: z.array(text),
  needs: z.union([z.literal('reloads'), z.array(text)]).optional(),
  definition: text.optional(),
  advice: z.array(z.looseObject({ at: z.array(text), text })).optional(),
}) as unknown as z.ZodType<AttackMeta & Pick<AttackRecord, 'definition' | 'advice'>>;

const incident = z.looseObject({
  id: text.min(1),
  attack: text,
  title: text,
  control: z.enum(controlIds),
  critical: z.boolean(),
  variant: text,
  target: text,
  hop: text,
  admitted: count,
  of: count,
  phases: z.array(text),
  firstMs: z.number(),
  lastMs: z.number(),
  request: text,
  evidence: z.array(z.looseObject({ seq: z.int().nullable(), atMs: z.number() })),
  remediation: text,
}) as unknown as z.ZodType<Incident>;

/** The part of a schedule that led to an incident, up to shortly after the first admission. */
const part = z.object({
  /** The segment that it was cut from: the ramp or the phases. */
  segment: z.enum(['capacity', 'main']),
  /** Where it was cut, in ms from the segment's origin. */
  fromMs: z.number(),
  toMs: z.number(),
  /** Intended time of the first admission, in ms from the part's origin. */
  firstMs: z.number(),
  /** Forms of the incident's attack that showed it, by index into that attack's forms in `schedule`; empty where it has none. */
  own: z.array(count),
  /** True where it must begin where the run began: something was changed for good before, or its first request is what others are held to. */
  fixedStart: z.boolean().default(false),
  /** What the run's phases held, to compare with: attacks that ran, and requests (replayed traffic, attempts, twins). */
  original: z.object({ attacks: z.number(), requests: z.number() }),
  /**
   * A schedule without a ramp whose `main` is the part. Arrivals are those that were sent, every one of them kept; their ranks are
   * even in 0..1, so that any share of them can be drawn. All that is done to the stack stands in it.
   */
  schedule: scheduleSchema,
});

/**
 * `incidents/<id>/bundle.json`: everything that is needed to see an incident again, in one file that can be sent to a colleague. It
 * holds recipes of credentials, never credentials. Keys that a later version adds are not read.
 */
export const bundleSchema = z.object({
  schema: z.literal(bundleSchemaId),
  incident,
  /** The run that found it. */
  run: z.object({ run: text, startedAt: text, harness: text, seed: text, only: text.nullable() }),
  plan: planSchema,
  policy: policySchema,
  stack: z.object({ id: text, title: text }),
  /** What the attacks of the part are; `definition`: SHA-256 of the folder, absent in bundles of older runs. */
  attacks: z.array(attackMeta),
  /** The configuration as it was mounted, overlay applied: path → text. */
  configuration: z.record(configurationPath, text),
  overlay: run.overlay,
  /** Name of an image or tool → its version. */
  versions: run.versions,
  /** SHA-256 (hex) of plan, trace, policy, attacks, harness, configuration and more, and of each image. */
  digests: run.digests,
  machine: run.machine as unknown as z.ZodType<RunRecord['machine']>,
  /** What the run measured, or was given; null where it did not come so far. */
  capacity: z
    .looseObject({ perSecond: z.number(), measured: z.boolean() })
    .nullable() as unknown as z.ZodType<CapacityRecord | null>,
  part,
});

export type Bundle = DeepReadonly<z.infer<typeof bundleSchema>>;
export type Part = Bundle['part'];
