import type { ZodType } from 'zod';
import type { FeatureId } from './features.ts';
import type { CertificateRecipe, Form, Send, TokenRecipe } from './form.ts';
import type { Disturbance, Disturbs } from './disturbance.ts';
import type {
  AttackRecord,
  AttemptRecord,
  CapacityRecord,
  EndRecord,
  FormRecord,
  HistoryRecord,
  LegitRecord,
  LossRecord,
  OpRecord,
  PhaseRecord,
  RunRecord,
  SentBy,
  TwinRecord,
} from './history.ts';
import type { Policy, Waiver } from './policy.ts';
import type { Reason } from './reason.ts';
import type { AttackReport, Counts, DecisionReport, Incident, LinkReport } from './report.ts';
import type { Operation, PhaseSlot } from './schedule.ts';
import type { Hop, Stack } from './stack.ts';
import type { AttemptVerdict } from './verdict.ts';

/**
 * What the stages know of the kinds under `harness/kinds`: types, no behaviour. A kind is a folder (a file, for evidence) that is
 * discovered, and handed to the stages by the command line; no stage imports one. What is named here is pure; what has effects
 * (`agent.ts`, `run.ts`, `collect.ts`) is loaded by execute and record alone, from the same folder.
 */

/** How requests of some transports are written. `agent.ts` beside it sends them, in the attacker's container. */
export type Sender = {
  readonly id: string;
  /** The transports (`Send.transport`) that it sends. */
  readonly transports: readonly string[];
  /** The form of what it sends. */
  readonly recipe: ZodType<Send>;
  /** The credentials that have to be made for it. */
  readonly credentials: (send: Send) => CredentialRecipes;
  /** Does the policy decide on it as on a request? A part of a handshake it knows only the floor of TLS of. */
  readonly isRequest: (send: Send) => boolean;
  /** Is it sent within TLS? Where a floor of TLS is asked for, what is sent in clear is below it. */
  readonly isEncrypted: (send: Send) => boolean;
  /** What is sent, as a person reads it: credentials by recipe, never by value. */
  readonly text: (send: Send) => string;
};

/** What an action may know when it lays out its operations in a segment. Pure data, and one pure function. */
export type ActionContext = {
  readonly stack: Stack;
  readonly policy: Policy;
  readonly phases: readonly PhaseSlot[];
  /** The configuration as mounted, overlay applied: path → text. */
  readonly configuration: ReadonlyMap<string, string>;
  /** The same for another policy. */
  readonly configure: (policy: Policy) => ReadonlyMap<string, string>;
  /** Of this asking alone, such as `spike/0`: what it names by it, as a set of files, is its own. */
  readonly label: string;
  /** Uniform in [0, 1), seeded for this action. */
  readonly random: () => number;
};

/** An operation with the configurations that it names, so that a part of a schedule needs nothing beside it. */
export type Planned<O> = {
  readonly operations: readonly (Pick<Operation, 'startMs' | 'endMs'> & { readonly op: O })[];
  /** Sets of files by name, `<action>/…`: path → text. An operation names one by a text of its `op`, whole or without `<action>/`. */
  readonly configurations?: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

/** Something that is done to the stack at its time. `run.ts` beside it applies it, undoes it, and sees to it that it took. */
export type Action<O = Readonly<Record<string, unknown>>, P = unknown> = {
  readonly id: string;
  /** The form of one operation, as it stands in the schedule. */
  readonly op: ZodType<O>;
  /** The form of the `data` of its records in the history. Absent: any. */
  readonly data?: ZodType;
  /** The form of what a plan's phase, or a sabotage, asks for. Absent: only forms of attacks ask for it (`Form.during`). */
  readonly options?: ZodType<P>;
  /** The operations that a phase, or a sabotage, asks for. Throws `bad-input` where the stack cannot have it. */
  readonly plan?: (context: ActionContext, phase: PhaseSlot, options: P) => Planned<O>;
  /** What of it belongs to every run, in each phase: canaries, by which an instrument shows that it sees. */
  readonly canaries?: (hops: readonly Hop[], phase: PhaseSlot) => readonly { readonly atMs: number; readonly op: O }[];
  /** What may not answer because of it, as far as that is its own doing; null where it disturbs nothing. */
  readonly disturbs: (op: O, hops: readonly Hop[]) => Disturbs | null;
  /** What a plan whose phase asks for it has, of that which attacks may need (harness/model/features.ts). */
  readonly features?: readonly FeatureId[];
  /** What it holds alone while it acts: two operations of the action that hold the same may not overlap or follow at once. Absent: nothing. */
  readonly holds?: (op: O) => string;
  /** Where it acts, for who reads of it; absent: where it disturbs. At none: a report lists it only where it failed. */
  readonly places?: (op: O) => readonly string[];
  /** The credentials that have to be made for it. */
  readonly credentials?: (op: O) => CredentialRecipes;
  /** What it does, as a person reads it, beside the request that is tried while it acts. */
  readonly text: (op: O) => string;
  /** Why an attack shows nothing, though its attempts were made, for something is amiss with this action; null where nothing is. */
  readonly whyNothing?: (view: View, attack: AttackRecord) => Reason | null;
  /** What a sound history holds of it, where an attack needs it: `probe` is the form that shows whether it acted. */
  readonly example?: (probe: Form, at: ExampleAt) => readonly HistoryRecord[];
  /** What a person must know of it to understand a difference that was found at a time. */
  readonly notes?: (view: View, atMs: number) => readonly string[];
};

/** The credentials that have to be made for a request or an operation. */
export type CredentialRecipes = {
  readonly tokens: readonly TokenRecipe[];
  readonly certificates: readonly CertificateRecipe[];
};

/** What an instrument sees. `collect.ts` beside it gathers its records. */
export type Observer<R = Readonly<Record<string, unknown>>> = {
  readonly id: string;
  /** The form of the `data` of its records. */
  readonly record: ZodType<R>;
  /** What a loss of each code leaves open: all verdicts, only those of its own check, or none. */
  readonly losses: Readonly<Record<string, 'all' | 'own' | 'none'>>;
  /** What it saw of an attempt, whatever its evidence is, as a person reads it. */
  readonly saw?: (view: View, attempt: AttemptRecord) => readonly string[];
};

/** How an attempt ended. `waivers`: what of the policy's waivers explains that it was decided otherwise. */
export type Conclusion = {
  readonly verdict: AttemptVerdict;
  /** Why it is indeterminate; null where it is not. */
  readonly reason: Reason | null;
  readonly decisions?: readonly DecisionReport[];
  readonly waivers?: readonly Waiver[];
};

/** What proves that an attempt got in, and what becomes of it otherwise. */
export type EvidenceKind = {
  readonly id: string;
  readonly judge: (view: View, attempt: AttemptRecord, form: FormRecord, attack: AttackRecord) => Conclusion;
  /** Judges again what hangs together: each attempt of an attack with the others, by time. */
  readonly together?: (concluded: readonly Concluded[]) => readonly Concluded[];
  /** The independent clusters of attempts, by sequence number, where they are fewer than their connections. */
  readonly clusters?: (
    view: View,
    attack: AttackRecord,
    attempts: readonly AttemptRecord[],
  ) => ReadonlyMap<number, string>;
  /** Admissions that were no attempts, such as replayed traffic that was read. */
  readonly beyond?: (view: View, attack: AttackRecord) => readonly Beyond[];
  /** What instruments saw of an attempt, beside the journals of the workloads, as a person reads it. */
  readonly saw?: (view: View, attempt: AttemptRecord) => readonly string[];
  /** What a live view may count as an admission at once; it can only be fewer than `judge` finds. */
  readonly live: {
    readonly witness: boolean;
    /** Only where the workload saw a marker of the attempt. */
    readonly marked?: true;
    readonly result: 'status' | 'proof' | null;
  };
  /** For what the claim is broken where the policy is compared with: words of `reports/text` by this code. Absent: an admission. */
  readonly comparedWith?: 'policy' | 'first';
  /** The smallest records by which an attempt of this form ends so: what a check of the attack must find. */
  readonly example: (form: Form, ending: 'broke' | 'held', at: ExampleAt) => ExampleEnding;
};

/** An admission that was no attempt. */
export type Beyond = {
  readonly form: number;
  readonly atMs: number;
  readonly cluster: string;
  readonly seq: number | null;
  /** What was seen of it, as a person reads it: what the attacker had, and what instruments saw. */
  readonly attacker: string;
  readonly saw: readonly string[];
};

/** An attempt with what was concluded of it. */
export type Concluded = { readonly attempt: AttemptRecord; readonly conclusion: Conclusion };

/** The attempt of an example: of which attack and form, and when it is sent. */
export type ExampleAt = { readonly attack: string; readonly form: number; readonly seq: number; readonly atMs: number };

/** What an example adds to the sound history around it: how the attempt ended, and what instruments saw of it. */
export type ExampleEnding = {
  readonly attempt: Partial<AttemptRecord>;
  readonly records: readonly HistoryRecord[];
};

/** What an attack's counts come down to, before its verdict. */
export type Tally = Pick<
  AttackReport,
  'bound95' | 'bound95Clusters' | 'phases' | 'variants' | 'indeterminateReasons' | keyof Counts
>;

/** What an incident consists of. `times`: when each admission was, in ms, ascending. */
export type IncidentFacts = Pick<
  Incident,
  'variant' | 'target' | 'hop' | 'admitted' | 'of' | 'request' | 'evidence' | 'places'
> & { readonly times: readonly number[] };

/** A claim that is not about attempts: what packets, sockets, telemetry show. Its attack has no forms. */
export type Check = {
  readonly id: string;
  readonly tally: (view: View, attack: AttackRecord) => Tally;
  /** Why its evidence shows nothing; null where it does. */
  readonly whyNothing: (view: View, attack: AttackRecord) => Reason | null;
  readonly incidents: (view: View, attack: AttackRecord) => readonly IncidentFacts[];
  /** The smallest records by which it ends so. */
  readonly example: (ending: 'broke' | 'held', phase: string, hops: readonly Hop[]) => readonly HistoryRecord[];
  /** What it saw of each link. */
  readonly links?: (view: View) => readonly LinkReport[];
};

/** What a workload saw of a request: the ground truth. */
export type Sighting = {
  readonly of: SentBy;
  readonly seq: number;
  readonly service: string;
  readonly atMs: number;
  readonly method: string;
  readonly path: string;
  /** What the sidecar says of the peer: its URI SAN. */
  readonly peer: string | null;
  /** Spoofed values (markers of the attempt) that reached the workload, by header. Absent where there were none. */
  readonly spoofed?: readonly string[] | undefined;
};

/** A record of an observer, its data beside its time. */
export type Seen<D> = D & { readonly atMs: number; readonly seq: number | null };

/** An operation, its data beside its times. */
export type Op<D> = D & Omit<OpRecord, 'type' | 'data'>;

/** A history sorted by what asks for it. `ops` and `seen` have the data of that kind, as its schema says. */
export type View = {
  readonly run: RunRecord;
  readonly capacity: CapacityRecord | null;
  /** By start time. */
  readonly phases: readonly PhaseRecord[];
  readonly legit: readonly LegitRecord[];
  /** By attack id. */
  readonly attempts: ReadonlyMap<string, readonly AttemptRecord[]>;
  /** By `attack form`. */
  readonly twins: ReadonlyMap<string, readonly TwinRecord[]>;
  readonly ops: <D>(kind: string) => readonly Op<D>[];
  readonly seen: <D>(kind: string) => readonly Seen<D>[];
  /** What workloads journalled of attempts, by sequence number. */
  readonly witness: ReadonlyMap<number, readonly Sighting[]>;
  /** Why the twin of an attempt does not hold; null where it does. `around`: the stretch at whose ends it must hold, by default the moment. */
  readonly twinFault: (
    attempt: AttemptRecord,
    around?: { readonly startMs: number; readonly endMs: number },
  ) => Reason | null;
  /** What the harness itself did to the stack that may keep it from answering. */
  readonly disturbances: readonly Disturbance[];
  readonly losses: readonly LossRecord[];
  readonly end: EndRecord | null;
};

/** Everything that was discovered, by id. */
export type Kinds = {
  readonly senders: ReadonlyMap<string, Sender>;
  readonly actions: ReadonlyMap<string, Action>;
  readonly observers: ReadonlyMap<string, Observer>;
  readonly evidence: ReadonlyMap<string, EvidenceKind>;
  readonly checks: ReadonlyMap<string, Check>;
};
