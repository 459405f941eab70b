import type { AttemptVerdict, ControlId, ControlVerdict, RunVerdict } from './verdict.ts';
import type { OverlayDiff } from './history.ts';
import type { SourcePlace } from './place.ts';

/** `report.json`, version 1. A pure function of the history. Its JSON Schema is `reports/schema/report.schema.json`. */
export type Report = {
  readonly schema: 'https://holdfast.dev/report/v1';
  readonly run: string;
  readonly startedAt: string;
  readonly harness: string;
  readonly verdict: RunVerdict;
  /** Why the verdict is not HOLDS; empty where it is. */
  readonly reasons: readonly string[];
  readonly partial: boolean;
  readonly seed: string;
  readonly plan: string;
  readonly stack: string;
  readonly only: string | null;
  readonly score: Score;
  readonly controls: readonly ControlReport[];
  /** Claims that this plan has no attacks for, or that rest on what the stack lacks: the report does not speak about them. */
  readonly notClaimed: readonly ControlId[];
  /** Features that the stack lacks, and what is not claimed therefore. Absent where it lacks none, and where the history is older. */
  readonly lacks?: readonly LackReport[] | undefined;
  readonly attacks: readonly AttackReport[];
  readonly load: LoadReport;
  readonly capacity: {
    readonly perSecond: number;
    readonly measured: boolean;
    readonly clamped: boolean;
    readonly peakPerSecond: number;
    /** The most good answers per second over 1.5 s of the ramp; null where there was none. */
    readonly saturatedPerSecond: number | null;
    /** The ramp's steps, lowest rate first; none where the plan gave the capacity. */
    readonly steps: readonly RampStep[];
  } | null;
  readonly timeline: Timeline;
  readonly tap: readonly LinkReport[];
  readonly losses: readonly { readonly what: string; readonly count: number; readonly detail: string }[];
  readonly sabotage: SabotageSummary;
  readonly incidents: readonly Incident[];
  /** What the policy waives for an enforcer of this stack. */
  readonly waivers: readonly WaiverReport[];
  readonly overlay: readonly OverlayDiff[];
  readonly versions: Readonly<Record<string, string>>;
  readonly digests: Readonly<Record<string, string>>;
  readonly machine: {
    readonly cpus: number;
    readonly memoryBytes: number;
    readonly kernel: string;
    readonly engine: string;
  };
};

/** A feature (harness/model/features.ts) that the stack lacks. */
export type LackReport = {
  readonly feature: string;
  readonly means: string;
  /** Attacks of the plan that do not apply therefore. */
  readonly attacks: readonly string[];
  /** Controls whose claim is not made therefore, unless it is refuted. */
  readonly controls: readonly ControlId[];
};

export type Score = {
  /** 0 to 100. */
  readonly value: number;
  readonly letter: 'A' | 'B' | 'C' | 'D' | 'E' | 'F';
  readonly caps: readonly { readonly letter: string; readonly reason: string }[];
  /** Version of the table of weights. */
  readonly table: string;
};

export type ControlReport = {
  readonly id: ControlId;
  readonly claim: string;
  readonly verdict: ControlVerdict;
  readonly reasons: readonly string[];
};

export type Counts = { readonly attempts: number; readonly clusters: number } & Readonly<
  Record<AttemptVerdict, number>
>;

export type AttackReport = Counts & {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly control: ControlId;
  readonly critical: boolean;
  readonly verdict: ControlVerdict;
  /** Why it is not a pass; or why it did not run. */
  readonly reason: string | null;
  readonly required: number;
  /** Bound that the plan asks for. */
  readonly bound: number;
  /** One-sided 95% Clopper–Pearson upper bound on the admitted share; null without determinate attempts. */
  readonly bound95: number | null;
  /** The same bound over independent clusters. */
  readonly bound95Clusters: number | null;
  readonly phases: Readonly<Record<string, Counts>>;
  readonly variants: readonly (Counts & { readonly variant: string; readonly target: string })[];
  /** Why attempts were indeterminate: reason → count. */
  readonly indeterminateReasons: Readonly<Record<string, number>>;
  readonly secure: string;
  readonly remediation: string;
  readonly sources: readonly string[];
  /** SHA-256 of the attack's definition: two runs tried the same where it is the same. Null in older histories. */
  readonly definition: string | null;
};

/** A step of the ramp that measures the capacity. */
export type RampStep = {
  readonly perSecond: number;
  readonly intended: number;
  readonly failed: number;
  readonly dropped: number;
  readonly latencyP99Ms: number;
  readonly sustained: boolean;
};

export type LoadReport = {
  readonly intended: number;
  readonly sent: number;
  readonly dropped: number;
  readonly failed: number;
  readonly latenessP99Ms: number | null;
  /** Arrival at the edge minus intended time, from the edge's own log. */
  readonly edgeLatenessP99Ms: number | null;
  /** Latency from the intended time; requests in interception windows of their hop are left out, drops count as the time-out. */
  readonly latencyMs: Readonly<
    Record<
      string,
      {
        readonly p50: number | null;
        readonly p99: number | null;
        readonly p999: number | null;
        readonly requests: number;
        readonly leftOut: number;
      }
    >
  >;
  /** The latencies in time, for comparisons: what a quantile alone cannot say. */
  readonly latencyBlocks: readonly LatencyBlock[];
};

/**
 * Latencies of the requests of one route that were due in a stretch of a phase, as a histogram: `BIN:COUNT` pairs with spaces between. Bin k covers
 * 0.1 × 1.1^k ms to 0.1 × 1.1^(k+1) ms; what is below stands in bin 0.
 */
export type LatencyBlock = {
  readonly phase: string;
  readonly route: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly histogram: string;
};

/** Series on one axis. Index i covers `binMs` from `originMs + i × binMs`; null where there is nothing. */
export type Timeline = {
  readonly binMs: number;
  readonly originMs: number;
  readonly phases: readonly { readonly id: string; readonly startMs: number; readonly endMs: number }[];
  readonly windows: readonly {
    readonly attack: string;
    readonly hop: string;
    readonly variant: string;
    readonly startMs: number;
    readonly endMs: number;
  }[];
  readonly intendedPerSecond: readonly (number | null)[];
  readonly answeredPerSecond: readonly (number | null)[];
  readonly failedPerSecond: readonly (number | null)[];
  readonly attemptsPerSecond: readonly (number | null)[];
  readonly admittedPerSecond: readonly (number | null)[];
  readonly latencyP50Ms: readonly (number | null)[];
  readonly latencyP99Ms: readonly (number | null)[];
};

export type LinkReport = {
  readonly link: string;
  readonly packets: Readonly<Record<string, number>>;
  readonly connections: number;
  readonly dropped: number;
};

/** What the last `holdfast sabotage` of this stack measured. `measured` is false where there was none of this version. */
export type SabotageSummary = {
  readonly measured: boolean;
  readonly measuredAt: string | null;
  readonly total: number;
  readonly caught: number;
  readonly missed: readonly string[];
  readonly falseAlarms: number;
};

/** A waiver of the policy, and what it explained. */
export type WaiverReport = {
  readonly enforcer: string;
  readonly part: string;
  readonly reason: string;
  /** Last day on which it holds. */
  readonly expires: string;
  /** False where its last day was over when the run began: it explains nothing then. */
  readonly inForce: boolean;
  /** Requests that an enforcer decided otherwise than the policy says, and that this waiver explains: they are not counted. */
  readonly explained: number;
};

/** What the policy says at one enforcer, and what that did. */
export type DecisionReport = {
  /** The edge, or a service. */
  readonly at: string;
  readonly enforcer: string | null;
  readonly policy: 'allow' | 'deny';
  /** The parts of the policy that say so. */
  readonly by: readonly string[];
  readonly did: 'allow' | 'deny' | 'not asked';
};

/** A failed finding with what is needed to see it. */
export type Incident = {
  /** Stable: attack, variant and target. */
  readonly id: string;
  readonly attack: string;
  readonly title: string;
  readonly control: ControlId;
  readonly critical: boolean;
  readonly variant: string;
  readonly target: string;
  /** The hop at which it should have been refused, e.g. `outside→edge`. */
  readonly hop: string;
  /** Attempts that were admitted; for a comparison with the policy, those that were decided otherwise. */
  readonly admitted: number;
  readonly of: number;
  readonly phases: readonly string[];
  readonly firstMs: number;
  readonly lastMs: number;
  /** The request as it was sent, credentials by recipe. */
  readonly request: string;
  /** Up to five of them: what the attacker saw and what the witness saw. */
  readonly evidence: readonly {
    readonly seq: number | null;
    readonly atMs: number;
    readonly attacker: string;
    readonly witness: readonly string[];
    /** The request, where requests of the same kind differ. */
    readonly request: string | null;
    /** For a comparison with the policy: enforcer by enforcer. */
    readonly decisions: readonly DecisionReport[];
  }[];
  readonly remediation: string;
  /** Where to look: the parts of the policy that were not enforced, then the plan. Absent where the history is older than this. */
  readonly places?: readonly SourcePlace[] | undefined;
};
