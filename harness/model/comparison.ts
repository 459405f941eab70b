import type { Posture } from './posture.ts';

/**
 * What a difference is. `noise`: chance explains it, or it is too small to matter. `not comparable`: the two sides do not measure the
 * same, or one of them measured nothing; the line says why.
 */
export type Judgement = 'regression' | 'improvement' | 'unchanged' | 'noise' | 'not comparable';

/** Which part of the posture a line is about; the order in which they are shown. */
export const lineGroups = [
  'verdict',
  'controls',
  'attacks',
  'incidents',
  'bounds',
  'capacity',
  'latency',
  'load',
] as const;
export type LineGroup = (typeof lineGroups)[number];

/** A measured value: a word (a verdict), or a number in the line's unit; `of` where it is a count of so many. */
export type Measured = { readonly value: number | string; readonly of?: number };

/** One line of a comparison. */
export type ComparisonLine = {
  /** Stable, and what a gate names by glob: `attack E2`, `control edge`, `incident E2-alg-none-edge`, `latency spike p99`, `floor buy`, `throughput`, `score`. */
  readonly id: string;
  readonly group: LineGroup;
  readonly title: string;
  readonly critical: boolean;
  readonly unit: 'word' | 'attempts' | 'share' | 'ms' | '1/s' | 'points' | 'requests';
  /** Null where a side does not have it. */
  readonly before: Measured | null;
  readonly after: Measured | null;
  /**
   * `fact`: what was seen needs no statistics (an admission is a fact). `fisher-exact` for counts. `between-runs` for rates and
   * quantiles: Student's t on logarithms, by the larger of what runs of the same differ by and, for a quantile, its block bootstrap.
   */
  readonly test: 'fact' | 'fisher-exact' | 'between-runs' | 'none';
  /** After ÷ before with its interval at `confidence`, where the line has one. */
  readonly ratio: {
    readonly value: number;
    readonly low: number;
    readonly high: number;
    readonly confidence: number;
  } | null;
  /** Of the test, two-sided; and after Holm's correction over all lines of this comparison that were tested. */
  readonly p: number | null;
  readonly pAdjusted: number | null;
  readonly judgement: Judgement;
  /** Why it is judged so, in a sentence. */
  readonly why: string;
  /** What the gate says of a regression of this line. */
  readonly gate: 'fail' | 'warn';
};

/** A difference between the two sides that may be the cause of another. */
export type Context = {
  readonly what: string;
  readonly before: string | null;
  readonly after: string | null;
  /** What follows for the comparison, or that it may be the cause. Null where nothing does. */
  readonly consequence: string | null;
};

/** Lines of configuration or policy that differ: a unified diff, cut at a limit. */
export type FileDifference = { readonly file: string; readonly diff: string; readonly cut: boolean };

/** One side of a comparison. */
export type ComparisonSide = {
  /** As the user named it: a baseline's name, a folder, a file. */
  readonly label: string;
  /** Runs that it rests on; the posture is that of the newest. */
  readonly runs: number;
  readonly posture: Posture;
};

/** `comparison.json`, version 1. A pure function of two sides and a gate. */
export type Comparison = {
  readonly schema: 'https://holdfast.dev/comparison/v2';
  readonly harness: string;
  readonly before: ComparisonSide;
  readonly after: ComparisonSide;
  /** Plan, trace, attacks, policy, configuration, images, harness, machine, seed: what differs. */
  readonly context: readonly Context[];
  readonly files: readonly FileDifference[];
  /** Why files could not be compared line by line, where digests differ; null where they could, or nothing differs. */
  readonly filesUnknown: string | null;
  readonly lines: readonly ComparisonLine[];
  readonly gate: {
    readonly id: string;
    readonly file: string | null;
    readonly alpha: number;
    /** What the gate takes for too small to matter: pages draw it. */
    readonly least: Gate['least'];
  };
  /** NOT COMPARABLE where the gate needs a line that could not be compared, and nothing regressed. */
  readonly verdict: 'NO REGRESSION' | 'REGRESSION' | 'NOT COMPARABLE';
  readonly reasons: readonly string[];
};

/** `scenarios/gates/<id>.yaml`: what matters, and how sure it must be. */
export type Gate = {
  readonly id: string;
  readonly description: string;
  /** Largest chance that equal stacks give any regression among the tested lines of one comparison. */
  readonly alpha: number;
  /** Globs over line ids whose regression ends with exit 1; other regressions are said, and do not. */
  readonly fail: readonly string[];
  /** Globs over line ids that must be comparable: else exit 2. */
  readonly need: readonly string[];
  /** Differences that do not matter, however sure. */
  readonly least: {
    readonly latencyMs: number;
    readonly latencyRatio: number;
    readonly floorMs: number;
    readonly capacityRatio: number;
    readonly failedShare: number;
    readonly scorePoints: number;
  };
  /**
   * Standard deviations of the natural logarithm between runs of the same stack on one machine, used while a baseline has fewer than
   * `runs` runs to measure it from; `measuredOver` says over how many runs they were. Measured by test/pairs.
   */
  readonly spread: {
    readonly runs: number;
    readonly measuredOver: number;
    readonly throughput: number;
    readonly floor: number;
    readonly p50: number;
    readonly p99: number;
  };
};
