import { z } from 'zod';
import { clauseIds } from './clauses.ts';
import { controlIds } from './verdict.ts';
import { vantages } from './form.ts';
import type { Plan } from './plan.ts';
import type { Policy } from './policy.ts';
import type { DeepReadonly } from './readonly.ts';
import type { RouteSlot } from './schedule.ts';

/**
 * The append-only record of everything that happened in a run: the only channel between execute and check. One JSON object
 * a line, `type` first. All times are milliseconds since the run's origin (monotonic, three decimals); the wall clock stands
 * once, in the `run` record. Identities were verified against the run's key when recorded; what failed is `forged`.
 *
 * Each record is a schema, and its type is inferred from it. What the harness did, besides sending requests, is an `op`; what an
 * instrument saw is a `seen`. Their `data` have the form that the action or the observer of that kind gives them (harness/kinds).
 * A reader keeps what it read, not what a schema made of it: keys that a later version adds pass as they are.
 */
const text = z.string();
const ms = z.number();
const count = z.int().nonnegative();
const texts = z.record(text, text);
const data = z.record(text, z.unknown());

const hop = z.object({ from: text, to: text, port: z.number() });

const decision = z.object({
  at: text,
  from: text.optional(),
  enforcer: text.nullable(),
  allow: z.boolean(),
  by: z.array(text),
});

const form = z.object({
  variant: text,
  target: text,
  vantage: z.enum(vantages),
  /** Kind of evidence. */
  evidence: text,
  /** The route whose replayed traffic is its twin; null where the harness sends the twin itself. */
  route: text.nullable(),
  request: text,
  /** For evidence that compares: what the policy says of it, enforcer by enforcer. */
  decisions: z.array(decision).optional(),
  probe: z.literal(true).optional(),
  /** The parts of the policy that it puts to the test (harness/policy/decide); absent where there are none. */
  parts: z.array(text).optional(),
});

const attack = z.object({
  id: text,
  name: text,
  title: text,
  control: z.enum(controlIds),
  critical: z.boolean(),
  technique: text,
  secure: text,
  remediation: text,
  sources: z.array(text),
  vantage: z.literal('tap').optional(),
  /** The check that judges it, where it has no attempts (harness/kinds/observers); in older histories its vantage says so. */
  check: text.optional(),
  corpus: z.literal(true).optional(),
  /** The clause that it puts to the test. Absent in older histories. */
  clause: z.enum(clauseIds).optional(),
  /** Features that it needs; `reloads` is what older histories say. */
  needs: z.union([z.literal('reloads'), z.array(text)]).optional(),
  /** What to set in the products of this stack, and the members and hops at which they are the ones that must refuse. */
  advice: z.array(z.object({ at: z.array(text), text })).optional(),
  /** Determinate attempts that the plan's bound needs. */
  required: count,
  bound: z.number(),
  run: z.boolean(),
  /** SHA-256 of its folder without the examples. Absent in older histories. */
  definition: text.optional(),
  forms: z.array(form),
});

const routeSlot = z.object({
  id: text,
  crosses: z.array(text),
  hops: z.array(z.object({ from: text, to: text })).optional(),
}) as unknown as z.ZodType<RouteSlot>;

const overlayDiff = z.object({ file: text, diff: text });

/** What the last `holdfast sabotage` of this stack measured. `measured` is false where there was none of this version. */
const sabotage = z.object({
  measured: z.boolean(),
  measuredAt: text.nullable(),
  total: z.number(),
  caught: z.number(),
  missed: z.array(text),
  falseAlarms: z.number(),
});

/** What the checks read of a plan; declare/plan reads it in full. */
const plan = z.object({
  id: text,
  load: z.object({
    peak: z.number(),
    timeoutMs: z.number(),
    invalid: z.object({ dropsShare: z.number(), latenessP99Ms: z.number() }),
  }),
  phases: z.array(z.object({ id: text })),
}) as unknown as z.ZodType<Plan>;

/** First record: everything that the verdict depends on and that is not an event. */
const run = z.object({
  type: z.literal('run'),
  run: text,
  startedAt: text,
  seed: text,
  harness: text,
  plan,
  policy: z.object({}) as unknown as z.ZodType<Policy>,
  stack: z.object({
    id: text,
    title: text,
    hops: z.array(hop),
    /** What it has (features.ts). Absent in older histories. */
    features: z.array(text).optional(),
    /** In older histories, in the place of features: attacks that do not apply, with the reason. */
    notApplicable: texts.optional(),
    /** Ids of the compilers that configured it: whose waivers concern this run. Absent in older histories. */
    enforcers: z.array(text).optional(),
  }),
  routes: z.array(routeSlot),
  /** Every attack that the plan requires, run or not. */
  attacks: z.array(attack),
  /** The glob of `--only`, where the run was narrowed by it. */
  only: text.nullable(),
  overlay: z.array(overlayDiff),
  versions: texts,
  /** SHA-256 (hex) of plan, trace, policy, catalogue, schedule, configuration, harness, and of each image. */
  digests: texts,
  machine: z.object({ cpus: z.number(), memoryBytes: z.number(), kernel: text, engine: text }),
  sabotage,
  /** Where each part of the policy stands, and in the plan what asks for each attack. Absent in older histories. */
  places: z.array(z.object({ file: text, line: z.int().min(1), part: text })).optional(),
});

/** A step of the ramp that measures the capacity. */
const rampStep = z.object({
  perSecond: z.number(),
  intended: z.number(),
  failed: z.number(),
  dropped: z.number(),
  latencyP99Ms: z.number(),
  sustained: z.boolean(),
});

/** What the ramp measured, step by step; `perSecond` is the capacity that the spike is scaled to. */
const capacity = z.object({
  type: z.literal('capacity'),
  perSecond: z.number(),
  measured: z.boolean(),
  /** True where the plan's ceiling, not the stack, set the limit. */
  clamped: z.boolean(),
  /** Legitimate arrivals per second at the peak of the spike. */
  peakPerSecond: z.number(),
  steps: z.array(rampStep),
});

const phase = z.object({ type: z.literal('phase'), id: text, startMs: ms, endMs: ms });

/** What a sender saw. Exactly one of `status` and `error` is set (`oneOutcome`). */
const outcome = { status: z.number().nullable(), error: text.nullable() };
const oneOutcome = ({ status, error }: { readonly status: number | null; readonly error: string | null }): boolean =>
  (status === null) !== (error === null);
const whyOneOutcome = { error: 'exactly one of status and error must be set', path: ['status'] };

/** A request of the replayed traffic. A dropped one was never sent: `sentMs` and `endMs` are null. */
const legit = z
  .object({
    type: z.literal('legit'),
    seq: z.number(),
    route: z.number(),
    dueMs: ms,
    sentMs: ms.nullable(),
    endMs: ms.nullable(),
    ...outcome,
  })
  .refine(oneOutcome, whyOneOutcome);

const attempt = z
  .object({
    type: z.literal('attempt'),
    seq: z.number(),
    attack: text,
    form: z.number(),
    dueMs: ms,
    sentMs: ms,
    endMs: ms,
    /** Attempts with the same value shared a connection: one independent cluster. */
    connection: text,
    /** For evidence `response` and `handshake`: the answer was what only the protected thing gives. */
    proved: z.boolean(),
    ...outcome,
  })
  .refine(oneOutcome, whyOneOutcome);

/** A legitimate request that the harness sent itself, beside the attempts of `forms`. */
const twin = z
  .object({
    type: z.literal('twin'),
    seq: z.number(),
    forms: z.array(z.tuple([text, z.number()])),
    dueMs: ms,
    sentMs: ms,
    endMs: ms,
    ...outcome,
  })
  .refine(oneOutcome, whyOneOutcome);

/**
 * What the harness did to the stack: an action of that kind. It was asked for at `askedMs`, was seen to be in effect from `startMs`,
 * was ended at `endMs` and was seen to be gone at `overMs`; all four alike for what only has a moment. `error`: null, or why it did
 * not take effect, or was not undone, in the words of what failed.
 */
const op = z.object({
  type: z.literal('op'),
  kind: text,
  /** Its number in the run. */
  op: count,
  dueMs: ms,
  askedMs: ms,
  startMs: ms,
  endMs: ms,
  overMs: ms,
  error: text.nullable(),
  data,
});

/** What an instrument saw: an observer of that kind. `atMs`: null for a figure over a whole phase; `seq`: null where it names no request. */
const seen = z.object({ type: z.literal('seen'), kind: text, atMs: ms.nullable(), seq: z.number().nullable(), data });

/** Evidence that is known to be lost: counted, never silent. `observer`: kind of what lost it. */
const loss = z.object({ type: z.literal('loss'), observer: text, code: text, count, data });

/** Last record. Without it the run is partial. */
const end = z.object({ type: z.literal('end'), partial: z.boolean(), reason: text.nullable(), atMs: ms });

/** The schema of each type of record. */
export const historySchemas = { run, capacity, phase, legit, attempt, twin, op, seen, loss, end } as const;

type Inferred<K extends keyof typeof historySchemas> = DeepReadonly<z.infer<(typeof historySchemas)[K]>>;

/** What to set in one or more products. `at`: members of the stack and hops. `text`: Markdown, one paragraph. */
export type Advice = NonNullable<AttackRecord['advice']>[number];

export type RunRecord = Inferred<'run'>;
export type AttackRecord = RunRecord['attacks'][number];
export type FormRecord = AttackRecord['forms'][number];
export type OverlayDiff = RunRecord['overlay'][number];
export type SabotageSummary = RunRecord['sabotage'];
export type CapacityRecord = Inferred<'capacity'>;
export type RampStep = CapacityRecord['steps'][number];
export type PhaseRecord = Inferred<'phase'>;
export type LegitRecord = Inferred<'legit'>;
export type AttemptRecord = Inferred<'attempt'>;
export type TwinRecord = Inferred<'twin'>;
export type OpRecord = Inferred<'op'>;
export type SeenRecord = Inferred<'seen'>;
export type LossRecord = Inferred<'loss'>;
export type EndRecord = Inferred<'end'>;
export type Outcome = Pick<AttemptRecord, 'status' | 'error'>;

export type HistoryRecord =
  | RunRecord
  | CapacityRecord
  | PhaseRecord
  | LegitRecord
  | AttemptRecord
  | TwinRecord
  | OpRecord
  | SeenRecord
  | LossRecord
  | EndRecord;

/** Who sent a request, by its identity; `forged`: the identity is not one of this run. */
export const senders = ['legit', 'attack', 'twin', 'canary', 'forged'] as const;
export type SentBy = (typeof senders)[number];
