import type {
  AttackMeta,
  AttackRecord,
  CapacityRecord,
  HandStep,
  Incident,
  OverlayDiff,
  Plan,
  Policy,
  RunRecord,
  Schedule,
} from '../model/index.ts';

/** Says what a file is, and which version of it. */
export const bundleSchemaId = 'https://holdfast.dev/bundle/v1';

/**
 * `incidents/<id>/bundle.json`: everything that is needed to see an incident again, in one file that can be sent to a colleague. It
 * holds recipes of credentials, never credentials.
 */
export type Bundle = {
  readonly schema: typeof bundleSchemaId;
  readonly incident: Incident;
  /** The run that found it. */
  readonly run: Pick<RunRecord, 'run' | 'startedAt' | 'harness' | 'seed' | 'only'>;
  readonly plan: Plan;
  readonly policy: Policy;
  readonly stack: { readonly id: string; readonly title: string };
  /** What the attacks of the part are; `definition`: SHA-256 of the folder, absent in bundles of older runs. */
  readonly attacks: readonly (AttackMeta & Pick<AttackRecord, 'definition' | 'advice'>)[];
  /** The configuration as it was mounted, overlay applied: path → text. */
  readonly configuration: Readonly<Record<string, string>>;
  /** Files of the other configuration that the edge was reloaded with, as far as they differ; null where it was not. */
  readonly reloaded: Readonly<Record<string, string>> | null;
  readonly overlay: readonly OverlayDiff[];
  /** What was changed while the stack ran; null where nothing was. */
  readonly byHand: RecordedHand | null;
  /** Name of an image or tool → its version. */
  readonly versions: Readonly<Record<string, string>>;
  /** SHA-256 (hex) of plan, trace, policy, attacks, harness, configuration and more, and of each image. */
  readonly digests: Readonly<Record<string, string>>;
  readonly machine: RunRecord['machine'];
  /** What the run measured, or was given; null where it did not come so far. */
  readonly capacity: CapacityRecord | null;
  readonly part: Part;
};

/** Files as they are to be after the first phase, by path, and the steps that make them count. */
export type RecordedHand = { readonly files: Readonly<Record<string, string>>; readonly steps: readonly HandStep[] };

/** The part of a schedule that led to an incident, up to shortly after the first admission. */
export type Part = {
  /** The segment that it was cut from: the ramp or the phases. */
  readonly segment: 'capacity' | 'main';
  /** Where it was cut, in ms from the segment's origin. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Intended time of the first admission, in ms from the part's origin. */
  readonly firstMs: number;
  /** Forms of the incident's attack that showed it, by index into that attack's forms in `schedule`; empty for the tap. */
  readonly own: readonly number[];
  /** What the run's phases held, to compare with: attacks that ran, and requests (replayed traffic, attempts, twins). */
  readonly original: { readonly attacks: number; readonly requests: number };
  /**
   * A schedule without a ramp whose `main` is the part. Arrivals are those that were sent, every one of them kept; their ranks are
   * even in 0..1, so that any share of them can be drawn.
   */
  readonly schedule: Schedule;
};
