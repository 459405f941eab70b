import { z } from 'zod';
import { formSchema, sendSchema, vantages } from './form.ts';
import type { DeepReadonly } from './readonly.ts';

const text = z.string();
const texts = z.record(text, text);
const index = z.int().nonnegative();
const atMs = z.number().nonnegative();

/** A path below the folder of the configuration: what a file is written to must not lead out of it. */
export const configurationPath = z
  .string()
  .regex(
    /^(?!.*(^|\/)\.{0,2}(\/|$))[^\\\0]+$/,
    'expected a path below the folder of the configuration, without . and ..',
  );

const phase = z.object({ id: text, startMs: atMs, endMs: atMs });

/** [intended time in ms from the segment's origin, rank in 0..1, index into routes]. */
const arrival = z.tuple([atMs, z.number().min(0).max(1), index]);

/** A twin that the harness sends itself; `forms` are [attack index, form index] that it stands for. */
const twinStream = z.object({
  send: sendSchema,
  vantage: z.enum(vantages),
  atMs: z.array(atMs),
  forms: z.array(z.tuple([index, index])),
});

/** What is done to the stack, and when: an operation of an action (harness/kinds/actions). Alike times: it has only a moment. */
const operation = z.object({
  kind: text,
  startMs: atMs,
  endMs: atMs,
  /** The attack and the form that are tried while it acts, by index; absent where it belongs to none. */
  attack: index.optional(),
  form: index.optional(),
  /** It shows that an instrument sees, and does nothing to the stack. */
  canary: z.literal(true).optional(),
  op: z.record(text, z.unknown()),
});

/** [intended time in ms, attack index, form index, 1 where the attempt opens a connection of its own]. Sorted by time. */
const attempt = z.tuple([atMs, index, index, z.union([z.literal(0), z.literal(1)])]);

/** A stretch of the run with an origin of its own: k6 and the agents start it together. Times count from that origin. */
export const segmentSchema = z.object({
  phases: z.array(phase),
  arrivals: z.array(arrival),
  twins: z.array(twinStream),
  /** By time. */
  operations: z.array(operation),
  attempts: z.array(attempt),
});

/** A kind of legitimate request. `crosses`: the services that it passes, nearest first. */
const route = z.object({
  id: text,
  method: text,
  path: text,
  subject: text,
  claims: texts,
  crosses: z.array(text),
  /** The hops over which it passes them. Absent in older schedules, of chains. */
  hops: z.array(z.object({ from: text, to: text })).optional(),
});

/** The forms of an attack, and how many determinate attempts its bound needs. */
const attack = z.object({ id: text, required: z.number().nonnegative(), forms: z.array(formSchema) });

/**
 * The plan resolved with a seed: everything that will happen. Same seed, plan, policy, stack and trace give the same bytes on any
 * machine: it does not depend on the capacity. It holds every arrival up to the plan's ceiling with a rank; the run keeps the
 * arrivals whose rank is below `peak × capacity ÷ ceiling` (thinning, Lewis and Shedler 1979), and records that number.
 */
export const scheduleSchema = z.object({
  version: z.literal(2),
  seed: text,
  routes: z.array(route),
  attacks: z.array(attack),
  /** Sets of files that operations put in place of mounted ones, by name: path → text. */
  configurations: z.record(text, z.record(configurationPath, text)),
  /** The ramp that measures the capacity; absent where the plan fixes the rate. */
  capacity: segmentSchema.nullable(),
  main: segmentSchema,
});

export type Schedule = DeepReadonly<z.infer<typeof scheduleSchema>>;
export type ScheduledAttack = Schedule['attacks'][number];
export type RouteSlot = Schedule['routes'][number];
export type Segment = Schedule['main'];
export type PhaseSlot = Segment['phases'][number];
export type Arrival = Segment['arrivals'][number];
export type TwinStream = Segment['twins'][number];
export type Operation = Segment['operations'][number];
export type AttemptSlot = Segment['attempts'][number];
