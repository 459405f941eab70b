import { z } from 'zod';
import type { DeepReadonly } from './readonly.ts';
import { controlVerdicts } from './verdict.ts';
import type { ControlVerdict } from './verdict.ts';

const text = z.string();
const figure = z.number();
const nothing = z.strictObject({}) as unknown as z.ZodType<Readonly<Record<never, never>>>;

/** Why something is not shown, as a code and the figures that belong to it. The sentence is made once, in reports/text/reasons.ts. */
const plain = {
  // Why an attack did not run, or shows nothing.
  'not-applicable': z.strictObject({ stack: text, why: text }),
  'feature-missing': z.strictObject({ stack: text, features: z.array(text) }),
  'not-run': nothing,
  narrowed: z.strictObject({ only: text }),
  'check-failed': z.strictObject({ message: text }),
  'too-few-attempts': z.strictObject({ held: figure, needed: figure, bound: figure }),
  'blind-phase': z.strictObject({ phase: text, attempts: figure }),
  'blind-form': z.strictObject({ variant: text, target: text, attempts: figure }),
  'phases-not-tried': z.strictObject({ phases: z.array(text) }),
  'forms-not-tried': z.strictObject({ forms: z.array(z.strictObject({ variant: text, target: text })), of: figure }),
  'forms-not-shown': z.strictObject({ forms: z.array(z.strictObject({ variant: text, target: text })), of: figure }),
  'action-not-done': z.strictObject({ action: text, wanted: figure, done: figure }),
  'action-failed': z.strictObject({ action: text, error: text }),
  'never-reloaded': nothing,
  'reloads-failed': z.strictObject({ failed: figure, of: figure, error: text }),
  'no-reload-seen': z.strictObject({ probes: figure, letIn: figure, refused: figure }),
  // Why an attack failed.
  admitted: z.strictObject({ admitted: figure, attempts: figure }),
  'decided-otherwise': z.strictObject({
    than: z.enum(['policy', 'first']),
    attempts: figure,
    admitted: figure,
    withheld: figure,
  }),
  // Why an attempt is indeterminate.
  late: z.strictObject({ limitMs: figure }),
  'failed-onward': z.strictObject({ status: figure }),
  'nothing-speaks-tls': nothing,
  'not-answered-in-time': nothing,
  'not-answered-nor-logged': nothing,
  // No word of the peer: the attacker's own error, or none at all.
  'sender-failed': z.strictObject({ error: text.nullable() }),
  // Nobody refused it, as far as its sender or the edge says, and no journal has it.
  'answered-unseen': z.strictObject({ status: figure }),
  'let-pass-unseen': nothing,
  // What says nothing of an attempt by its silence: the journal of a service, in a phase or (null) in the whole run.
  'journal-silent': z.strictObject({ service: text, phase: text.nullable(), answered: figure }),
  'spoof-not-put-to-the-test': nothing,
  'answer-does-not-say': nothing,
  'twin-is-no-route': nothing,
  'no-twin': z.strictObject({ side: z.enum(['before', 'after']), withinMs: figure, of: z.enum(['moment', 'window']) }),
  'twin-failed': nothing,
  disturbed: z.strictObject({ action: text, places: z.array(text) }),
  // What the verdict of an attack does not speak of: all attempts there met what the harness did to the stack.
  'phase-disturbed': z.strictObject({ phase: text, attempts: figure, action: text }),
  'form-disturbed': z.strictObject({ variant: text, target: text, attempts: figure, action: text }),
  'outside-window': nothing,
  'not-taken-over': z.strictObject({ error: text.nullable() }),
  'met-true-callee': nothing,
  'answered-by-nobody': nothing,
  'no-handshake-ended': nothing,
  'believed-unread': nothing,
  'never-reached-caller': z.strictObject({ caller: text }),
  'packet-unclassified': nothing,
  // Why the tap proves nothing.
  'no-link-captured': nothing,
  'capture-not-whole': z.strictObject({ code: text, count: figure, data: z.record(text, z.unknown()) }),
  'link-not-captured': z.strictObject({ link: text, phase: text.nullable() }),
  'capture-lost-packets': z.strictObject({ link: text, packets: figure }),
  'packets-unclassified': z.strictObject({ packets: figure }),
  'planted-not-seen': z.strictObject({ link: text, phase: text }),
  // Why the instrument was not fit.
  'generator-ended-ramp': z.strictObject({
    perSecond: figure,
    dropped: figure,
    intended: figure,
    answeredWithinMs: figure,
  }),
  'too-few-arrivals': z.strictObject({ expected: figure, found: figure }),
  'arrivals-dropped': z.strictObject({ dropped: figure, intended: figure, limitShare: figure }),
  'sender-late': z.strictObject({ p99Ms: figure, limitMs: figure }),
  // Why a run as a whole is open to doubt.
  'history-without-end': nothing,
  interrupted: z.strictObject({ by: text.nullable() }),
  'users-refused': z.strictObject({ phase: text, failed: figure, of: figure }),
  'evidence-lost': z.strictObject({ observer: text, code: text, count: figure, data: z.record(text, z.unknown()) }),
  strangers: z.strictObject({ requests: figure }),
  'unknown-kind': z.strictObject({ of: z.enum(['action', 'observer']), kind: text, records: figure }),
  'no-attack-applies': nothing,
  // Why a run of a part does not say whether its incident is reproduced.
  'cut-short': nothing,
  'none-of-its-kind': nothing,
  // A reason of a kind's own: its code, in words with dashes, and the figures that belong to it.
  kind: z.strictObject({
    kind: text,
    code: text,
    data: z.record(text, z.union([text, figure, z.boolean(), z.null()])),
  }),
  // A reason as a report of version 1 has it: a sentence.
  said: z.strictObject({ text }),
} as const;

/** Reasons that hold others. */
type Nested = {
  // What an attack contributes to the reasons of a control or of the run.
  readonly attack: { readonly attack: string; readonly verdict: ControlVerdict; readonly reason: Reason | null };
  // What caps a score because of an attack.
  readonly 'attack-caps': {
    readonly attack: string;
    readonly critical: boolean;
    readonly verdict: ControlVerdict;
    readonly reason: Reason | null;
  };
  // Why a run of a part does not say whether its incident is reproduced.
  readonly 'run-invalid': { readonly reasons: readonly Reason[] };
  readonly 'run-doubted': { readonly reasons: readonly Reason[] };
  readonly 'none-of-its-kind-determinate': { readonly attempts: number; readonly reason: Reason | null };
};

const lazily: z.ZodType<Reason> = z.lazy(() => reasonSchema);

const nested = {
  attack: z.strictObject({ attack: text, verdict: z.enum(controlVerdicts), reason: lazily.nullable() }),
  'attack-caps': z.strictObject({
    attack: text,
    critical: z.boolean(),
    verdict: z.enum(controlVerdicts),
    reason: lazily.nullable(),
  }),
  'run-invalid': z.strictObject({ reasons: z.array(lazily) }),
  'run-doubted': z.strictObject({ reasons: z.array(lazily) }),
  'none-of-its-kind-determinate': z.strictObject({ attempts: figure, reason: lazily.nullable() }),
} as const satisfies { readonly [C in keyof Nested]: z.ZodType };

type Data = DeepReadonly<{ [C in keyof typeof plain]: z.infer<(typeof plain)[C]> }> & Nested;

export type ReasonCode = keyof Data;

/** A reason of one code, or of any. */
export type Reason<C extends ReasonCode = ReasonCode> = {
  readonly [K in C]: { readonly code: K; readonly data: Data[K] };
}[C];

const schemas: Readonly<Record<ReasonCode, z.ZodType>> = { ...plain, ...nested };

/** Every code, in the order in which they are defined. */
export const reasonCodes = Object.keys(schemas) as readonly ReasonCode[];

/** The form of a reason in a file. */
export const reasonSchema = z
  .union(reasonCodes.map((code) => z.strictObject({ code: z.literal(code), data: schemas[code] })))
  .meta({ id: 'reason' }) as unknown as z.ZodType<Reason>;

/** A reason with its data, which is left out where the code says it all. Pure. */
export const reason = <C extends ReasonCode>(
  code: C,
  ...data: [keyof Data[C]] extends [never] ? [] : [data: Data[C]]
): Reason<C> => ({ code, data: data[0] ?? {} }) as Reason<C>;
