import { z } from 'zod';
import { planSchema } from '../declare/plan/schema.ts';
import { policySchema } from '../declare/policy/schema.ts';
import { controlIds } from '../model/index.ts';
import { bundleSchemaId } from './bundle.ts';
import { scheduleShape } from './schedule-shape.ts';

const texts = z.record(z.string(), z.string());

/** A path below the folder of the configuration: what a file is written to must not lead out of it. */
const path = z
  .string()
  .regex(
    /^(?!.*(^|\/)\.{0,2}(\/|$))[^\\\0]+$/,
    'expected a path below the folder of the configuration, without . and ..',
  );
const files = z.record(path, z.string());

const attackMeta = z.looseObject({
  id: z.string(),
  name: z.string(),
  title: z.string(),
  control: z.enum(controlIds),
  critical: z.boolean(),
  technique: z.string(),
  secure: z.string(),
  remediation: z.string(),
  needs: z.union([z.literal('reloads'), z.array(z.string())]).optional(),
  advice: z.array(z.looseObject({ at: z.array(z.string()), text: z.string() })).optional(),
  sources: z.array(z.string()),
});

const incident = z.looseObject({
  id: z.string().min(1),
  attack: z.string(),
  title: z.string(),
  control: z.enum(controlIds),
  critical: z.boolean(),
  variant: z.string(),
  target: z.string(),
  hop: z.string(),
  admitted: z.int().nonnegative(),
  of: z.int().nonnegative(),
  phases: z.array(z.string()),
  firstMs: z.number(),
  lastMs: z.number(),
  request: z.string(),
  evidence: z.array(
    z.looseObject({
      seq: z.int().nullable(),
      atMs: z.number(),
      attacker: z.string(),
      witness: z.array(z.string()),
      request: z.string().nullable().default(null),
      decisions: z.array(z.looseObject({ at: z.string() })).default([]),
    }),
  ),
  remediation: z.string(),
});

const step = z.union([
  z.strictObject({ service: z.string(), exec: z.array(z.string()).min(1) }),
  z.strictObject({ service: z.string(), restart: z.literal(true) }),
]);

/** What is changed by hand while the stack runs: also the form of `by-hand.json` in the folder of a run. */
export const byHandShape = z.strictObject({ files, steps: z.array(step) });

/** The form of a bundle. Keys that a later version may add to what it quotes of a run pass as they are. */
export const bundleShape = z.looseObject({
  schema: z.literal(bundleSchemaId),
  incident,
  run: z.looseObject({
    run: z.string(),
    startedAt: z.string(),
    harness: z.string(),
    seed: z.string(),
    only: z.string().nullable(),
  }),
  plan: planSchema,
  policy: policySchema,
  stack: z.looseObject({ id: z.string(), title: z.string() }),
  attacks: z.array(attackMeta),
  configuration: files,
  reloaded: files.nullable(),
  overlay: z.array(z.looseObject({ file: z.string(), diff: z.string() })),
  byHand: byHandShape.nullable(),
  versions: texts,
  digests: texts,
  machine: z.looseObject({ cpus: z.number(), memoryBytes: z.number(), kernel: z.string(), engine: z.string() }),
  capacity: z.looseObject({ perSecond: z.number(), measured: z.boolean() }).nullable(),
  part: z.looseObject({
    segment: z.enum(['capacity', 'main']),
    fromMs: z.number(),
    toMs: z.number(),
    firstMs: z.number(),
    own: z.array(z.int().nonnegative()),
    original: z.looseObject({ attacks: z.number(), requests: z.number() }),
    schedule: scheduleShape,
  }),
});
