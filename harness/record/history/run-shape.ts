import { z } from 'zod';
import { controlIds } from '../../model/index.ts';

const texts = z.record(z.string(), z.string());

/** What the checks read of the `run` record; other keys pass as they are. */
const run = z.looseObject({
  plan: z.looseObject({
    id: z.string(),
    load: z.looseObject({
      peak: z.number(),
      timeoutMs: z.number(),
      invalid: z.looseObject({ dropsShare: z.number(), latenessP99Ms: z.number() }),
    }),
    phases: z.array(z.looseObject({ id: z.string() })),
  }),
  stack: z.looseObject({
    id: z.string(),
    hops: z.array(z.looseObject({ from: z.string(), to: z.string(), port: z.number() })),
    features: z.array(z.string()).optional(),
    notApplicable: texts.optional(),
    enforcers: z.array(z.string()).optional(),
  }),
  routes: z.array(
    z.looseObject({
      id: z.string(),
      crosses: z.array(z.string()),
      hops: z.array(z.looseObject({ from: z.string(), to: z.string() })).optional(),
    }),
  ),
  attacks: z.array(
    z.looseObject({
      id: z.string(),
      name: z.string(),
      title: z.string(),
      control: z.enum(controlIds),
      critical: z.boolean(),
      secure: z.string(),
      remediation: z.string(),
      definition: z.string().optional(),
      needs: z.union([z.literal('reloads'), z.array(z.string())]).optional(),
      advice: z.array(z.looseObject({ at: z.array(z.string()), text: z.string() })).optional(),
      sources: z.array(z.string()),
      required: z.number().int().nonnegative(),
      bound: z.number(),
      run: z.boolean(),
      forms: z.array(
        z.looseObject({
          variant: z.string(),
          target: z.string(),
          vantage: z.string(),
          evidence: z.enum(['witness', 'spoof', 'response', 'answer', 'handshake', 'interceptor', 'decision', 'drift']),
          route: z.string().nullable(),
          request: z.string(),
          probe: z.literal(true).optional(),
          parts: z.array(z.string()).optional(),
          decisions: z
            .array(
              z.looseObject({
                at: z.string(),
                from: z.string().optional(),
                enforcer: z.string().nullable(),
                allow: z.boolean(),
                by: z.array(z.string()),
              }),
            )
            .optional(),
        }),
      ),
    }),
  ),
  overlay: z.array(z.looseObject({ file: z.string(), diff: z.string() })),
  versions: texts,
  digests: texts,
  machine: z.looseObject({ cpus: z.number(), memoryBytes: z.number(), kernel: z.string(), engine: z.string() }),
  sabotage: z.looseObject({
    measured: z.boolean(),
    measuredAt: z.string().nullable(),
    total: z.number(),
    caught: z.number(),
    missed: z.array(z.string()),
    falseAlarms: z.number(),
  }),
  places: z.array(z.looseObject({ file: z.string(), line: z.int().min(1), part: z.string() })).optional(),
});

/** What is wrong inside a `run` record, in words; null where nothing is. There is one of them, so it is looked at in full. */
export const faultOfRun = (value: unknown): string | null => {
  const result = run.safeParse(value);
  if (result.success) return null;
  const issue = result.error.issues[0];
  return `${issue?.path.join('.') ?? 'run'} of the run record: ${issue?.message ?? 'not valid'}`;
};
