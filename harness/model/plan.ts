/** A plan as read from `scenarios/plans/*.yaml`. */
export type Plan = {
  readonly id: string;
  readonly description: string;
  readonly stack: string;
  readonly trace: string;
  readonly load: LoadPlan;
  readonly phases: readonly PhasePlan[];
  /** Largest admitted share that a pass may leave open (one-sided, 95%). */
  readonly bounds: { readonly standard: number; readonly critical: number };
  /** Globs over attack ids and names; after a `/`, over the forms of it: `E2/alg-none*`, `M3/expired at back`. */
  readonly attacks: readonly string[];
  /** Length of one interception window. */
  readonly interceptionMs: number;
  /** Plan that a night falls back to where its budget has no room for this one: an id, or a path from this plan's folder. */
  readonly lighter?: string | undefined;
};

export type LoadPlan = {
  /** Peak of the spike as a share of the capacity. */
  readonly peak: number;
  /** Arrivals per second at the peak that the schedule holds; a larger capacity is clamped to it, and the report says so. */
  readonly ceilingPerSecond: number;
  /** A legitimate request without an answer after this time has failed. */
  readonly timeoutMs: number;
  /** Virtual users of k6: the most requests in flight. */
  readonly virtualUsers: number;
  /** Measured by the run with this ramp, or taken as given: legitimate requests per second. */
  readonly capacity: CapacityPlan | { readonly fixedPerSecond: number };
  readonly invalid: { readonly dropsShare: number; readonly latenessP99Ms: number };
  /** Empty: those of the app, which take their place when a run is declared. */
  readonly routes: readonly RoutePlan[];
};

/** The ramp by which a run measures the stack's capacity, attacks running. */
export type CapacityPlan = {
  /** Arrivals at the lowest rate before the first step, which measure nothing: pools fill, code is compiled, sessions begin. */
  readonly warmUpMs: number;
  readonly fromPerSecond: number;
  readonly toPerSecond: number;
  readonly steps: number;
  readonly stepMs: number;
  /** A step is sustained while no more than this share fails or is dropped … */
  readonly failShare: number;
  /** … and the latency from the intended time stays below. */
  readonly latencyP99Ms: number;
};

export type PhasePlan = {
  readonly id: string;
  /** Part of the trace, in seconds from its start, that is compressed into the phase. */
  readonly trace: { readonly fromS: number; readonly toS: number };
  readonly durationMs: number;
  /** What is done to the stack in this phase: actions (harness/kinds/actions) with their options. */
  readonly actions?: readonly ({ readonly do: string } & Readonly<Record<string, unknown>>)[] | undefined;
};

/** A legitimate request of the replayed traffic, and its share of the arrivals (weights, not percent). */
export type RoutePlan = {
  readonly id: string;
  readonly weight: number;
  readonly method: string;
  /** `{sub}` is the user's subject. */
  readonly path: string;
  /** Role of the policy. */
  readonly role: string;
};
