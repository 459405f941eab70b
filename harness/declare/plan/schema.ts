import { z } from 'zod';
import type { Plan } from '../../model/index.ts';

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'expected lower-case letters, digits and dashes');
const positive = z.number().positive();
const share = z.number().min(0).max(1);
const bound = z.number().gt(0).lt(1);

const capacity = z.strictObject({
  warmUpMs: z.int().min(0).default(0),
  fromPerSecond: positive,
  toPerSecond: positive,
  steps: z.int().min(1).max(100),
  stepMs: z.int().min(100),
  failShare: share,
  latencyP99Ms: positive,
});

/** A route of the legitimate traffic, in a plan or in an app. */
export const routeSchema = z.strictObject({
  id: name,
  weight: positive,
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']),
  path: z.string().regex(/^\/\S*$/, 'expected a path that begins with /'),
  role: name,
});

/** The form of a plan file; what a phase, a rate or a bound means is said in model/plan.ts. */
export const planSchema: z.ZodType<Plan> = z.strictObject({
  id: name,
  description: z.string().trim().min(1),
  stack: name,
  trace: z.string().min(1),
  load: z.strictObject({
    peak: positive,
    ceilingPerSecond: positive,
    timeoutMs: z.int().min(1),
    virtualUsers: z.int().min(1),
    capacity: z.union([capacity, z.strictObject({ fixedPerSecond: positive })]),
    invalid: z.strictObject({ dropsShare: share, latenessP99Ms: positive }),
    // Where it has none, those of the app (declare/plan/on-stack).
    routes: z.array(routeSchema).default([]),
  }),
  phases: z
    .array(
      z
        .strictObject({
          id: name,
          trace: z.strictObject({ fromS: z.int().min(0), toS: z.int().min(1) }),
          durationMs: z.int().min(500),
          actions: z.array(z.looseObject({ do: name })).optional(),
          /** As plans before version 0.2 asked for reloads. */
          reloads: z.strictObject({ everyMs: z.int().min(250) }).optional(),
        })
        .transform(({ reloads, actions, ...phase }) => {
          const all = [...(actions ?? []), ...(reloads === undefined ? [] : [{ do: 'reload', ...reloads }])];
          return { ...phase, ...(all.length > 0 && { actions: all }) };
        }),
    )
    .min(1),
  bounds: z.strictObject({ standard: bound, critical: bound }),
  attacks: z.array(z.string().min(1)).min(1),
  interceptionMs: z.int().min(600),
  lighter: z.string().min(1).optional(),
});
