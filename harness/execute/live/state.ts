/**
 * How a run goes, at one moment of its replay. It is for people who wait: no verdict rests on it, and it claims nothing that the
 * report could take back.
 */
export type LiveState = {
  /** Id of the phase, or what lies around the phases: `warm-up`, `last answers`. */
  readonly phase: string;
  readonly phaseElapsedMs: number;
  /** How long it is; null: until it is over. */
  readonly phaseMs: number | null;
  /** Until the last phase of the run's schedule ends. */
  readonly leftMs: number;
  readonly load: LoadNow;
  readonly attempts: AttemptsNow;
};

/** The replayed traffic. Rates are of the last two seconds, latencies of what ended in the last five. */
export type LoadNow = {
  /** Arrivals that the schedule has, those left out already taken away. */
  readonly askedPerSecond: number;
  /** Answers with a status of success. */
  readonly deliveredPerSecond: number;
  /** Since the segment began: sent, and not answered with success, but for what is `disturbed`. */
  readonly failed: number;
  /** The same of requests that an operation may have touched: the harness's own doing, left out of the latencies. */
  readonly disturbed: number;
  /** Since the segment began: not sent at all, because the generator was too late. */
  readonly dropped: number;
  /** Due, and not heard of yet. */
  readonly waiting: number;
  /** From the intended time; without an answer at least the time-out, as in the report. Null: nothing ended. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
};

/** The attempts, since the run began. */
export type AttemptsNow = {
  /** By the schedule, in the whole run. */
  readonly scheduled: number;
  /** Of those, due by now: the agents send on schedule, whatever is in flight. */
  readonly due: number;
  /** Of which the agents have told an outcome. */
  readonly answered: number;
  /**
   * Admissions that are certain before anything is judged, by the evidence of their form alone. The report can only have more:
   * what is compared with the policy, or read on a hop that was taken over, is judged at the end.
   */
  readonly admitted: number;
};
