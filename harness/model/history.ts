import type { AttackMeta, Vantage } from './attack.ts';
import type { Decision } from './decision.ts';
import type { CleartextRecord, InterceptorRecord, TapRecord, WindowRecord } from './instruments.ts';
import type { SourcePlace } from './place.ts';
import type { Plan } from './plan.ts';
import type { Policy } from './policy.ts';
import type { Hop } from './stack.ts';
import type { RouteSlot } from './schedule.ts';
import type { RampStep, SabotageSummary } from './report.ts';

/**
 * The append-only record of everything that happened in a run: the only channel between execute and check. One JSON object
 * a line, `type` first. All times are milliseconds since the run's origin (monotonic, three decimals); the wall clock stands
 * once, in the `run` record. Identities were verified against the run's key when recorded; what failed is `forged`.
 */
export type HistoryRecord =
  | RunRecord
  | CapacityRecord
  | PhaseRecord
  | WindowRecord
  | LegitRecord
  | AttemptRecord
  | TwinRecord
  | WitnessRecord
  | EdgeRecord
  | InterceptorRecord
  | TapRecord
  | CleartextRecord
  | ReloadRecord
  | HandRecord
  | LossRecord
  | EndRecord;

/** First record: everything that the verdict depends on and that is not an event. */
export type RunRecord = {
  readonly type: 'run';
  readonly run: string;
  readonly startedAt: string;
  readonly seed: string;
  readonly harness: string;
  readonly plan: Plan;
  readonly policy: Policy;
  readonly stack: {
    readonly id: string;
    readonly title: string;
    readonly hops: readonly Hop[];
    /** What it has (harness/model/features.ts). Absent in older histories. */
    readonly features?: readonly string[];
    /** In older histories, in the place of features: attacks that do not apply, with the reason. */
    readonly notApplicable?: Readonly<Record<string, string>>;
    /** Ids of the compilers that configured it: whose waivers concern this run. Absent in older histories. */
    readonly enforcers?: readonly string[];
  };
  readonly routes: readonly RouteSlot[];
  /** Every attack that the plan requires, run or not. */
  readonly attacks: readonly AttackRecord[];
  /** The glob of `--only`, where the run was narrowed by it. */
  readonly only: string | null;
  readonly overlay: readonly OverlayDiff[];
  readonly versions: Readonly<Record<string, string>>;
  /** SHA-256 (hex) of plan, trace, policy, attacks, schedule, configuration, harness, and of each image. */
  readonly digests: Readonly<Record<string, string>>;
  readonly machine: {
    readonly cpus: number;
    readonly memoryBytes: number;
    readonly kernel: string;
    readonly engine: string;
  };
  readonly sabotage: SabotageSummary;
  /** Where each part of the policy stands, and in the plan what asks for each attack. Absent in older histories. */
  readonly places?: readonly SourcePlace[];
};

export type AttackRecord = AttackMeta & {
  /** Determinate attempts that the plan's bound needs. */
  readonly required: number;
  readonly bound: number;
  readonly run: boolean;
  /** SHA-256 of its folder without examples and advice. Absent in older histories. */
  readonly definition?: string;
  /** What to set in the products of this stack, and the members and hops at which they are the ones that must refuse. */
  readonly advice?: readonly Advice[];
  readonly forms: readonly {
    readonly variant: string;
    readonly target: string;
    readonly vantage: Vantage;
    readonly evidence: string;
    readonly route: string | null;
    readonly request: string;
    /** For evidence `decision` and `drift`: what the policy says of it, enforcer by enforcer. */
    readonly decisions?: readonly Decision[];
    readonly probe?: true;
    /** The parts of the policy that it puts to the test (harness/policy/decide); absent where there are none. */
    readonly parts?: readonly string[];
  }[];
};

/** What to set in one or more products. `at`: members of the stack and hops (`edge→storefront`). `text`: Markdown, one paragraph. */
export type Advice = { readonly at: readonly string[]; readonly text: string };

export type OverlayDiff = { readonly file: string; readonly diff: string };

/** What the ramp measured, step by step; `perSecond` is the capacity that the spike is scaled to. */
export type CapacityRecord = {
  readonly type: 'capacity';
  readonly perSecond: number;
  readonly measured: boolean;
  /** True where the plan's ceiling, not the stack, set the limit. */
  readonly clamped: boolean;
  /** Legitimate arrivals per second at the peak of the spike. */
  readonly peakPerSecond: number;
  readonly steps: readonly RampStep[];
};

export type PhaseRecord = {
  readonly type: 'phase';
  readonly id: string;
  readonly startMs: number;
  readonly endMs: number;
};

/** What a sender saw. Exactly one of `status` and `error` is set. */
export type Outcome = { readonly status: number | null; readonly error: string | null };

/** A request of the replayed traffic. A dropped one was never sent: `sentMs` and `endMs` are null. */
export type LegitRecord = Outcome & {
  readonly type: 'legit';
  readonly seq: number;
  readonly route: number;
  readonly dueMs: number;
  readonly sentMs: number | null;
  readonly endMs: number | null;
};

export type AttemptRecord = Outcome & {
  readonly type: 'attempt';
  readonly seq: number;
  readonly attack: string;
  readonly form: number;
  readonly dueMs: number;
  readonly sentMs: number;
  readonly endMs: number;
  /** Attempts with the same value shared a connection: one independent cluster. */
  readonly connection: string;
  /** For evidence `response`: the answer matched the form's proof. */
  readonly proved: boolean;
};

/** A legitimate request that the harness sent itself, beside the attempts of `forms`. */
export type TwinRecord = Outcome & {
  readonly type: 'twin';
  readonly seq: number;
  readonly forms: readonly (readonly [attack: string, form: number])[];
  readonly dueMs: number;
  readonly sentMs: number;
  readonly endMs: number;
};

export type Kind = 'legit' | 'attack' | 'twin' | 'canary' | 'forged';

/** An entry of a workload's journal: ground truth. */
export type WitnessRecord = {
  readonly type: 'witness';
  readonly kind: Kind;
  readonly seq: number;
  readonly service: string;
  readonly atMs: number;
  readonly method: string;
  readonly path: string;
  /** What the sidecar says of the peer: its URI SAN. */
  readonly peer: string | null;
  /** Spoofed values (markers of the attempt) that reached the workload, by header. Absent where there were none. */
  readonly spoofed?: readonly string[];
};

/** The edge's own access log: arrival times taken independently of the sender. */
export type EdgeRecord = {
  readonly type: 'edge';
  readonly kind: Kind;
  readonly seq: number;
  readonly atMs: number;
  readonly status: number;
  readonly reason: string;
};

/** A change that was made by hand to a running container, on purpose: part of a sabotage. `error`: null where it took. */
export type HandRecord = {
  readonly type: 'hand';
  readonly service: string;
  readonly what: string;
  readonly atMs: number;
  readonly error: string | null;
};

/** The edge was made to take another configuration, or its own again; `error` where it could not be. */
export type ReloadRecord = {
  readonly type: 'reload';
  readonly atMs: number;
  readonly to: 'own' | 'other';
  readonly error: string | null;
};

/** Evidence that is known to be lost: counted, never silent. */
export type LossRecord = {
  readonly type: 'loss';
  readonly what: string;
  readonly count: number;
  readonly detail: string;
};

/** Last record. Without it the run is partial. */
export type EndRecord = {
  readonly type: 'end';
  readonly partial: boolean;
  readonly reason: string | null;
  readonly atMs: number;
};
