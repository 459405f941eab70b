import type { AttackReport, ControlReport, Counts, Incident, Report } from './report.ts';

/** What a comparison reads of an attack. */
export type PostureAttack = Counts &
  Pick<
    AttackReport,
    | 'id'
    | 'name'
    | 'title'
    | 'control'
    | 'critical'
    | 'verdict'
    | 'reason'
    | 'required'
    | 'bound'
    | 'bound95'
    | 'bound95Clusters'
    | 'definition'
  > & {
    /** Its forms, as `variant at target`, by what became of them: all held, one or more broke the claim, or nothing is known. */
    readonly forms: {
      readonly held: readonly string[];
      readonly broke: readonly string[];
      readonly open: readonly string[];
    };
  };

/** What a comparison reads of an incident. */
export type PostureIncident = Pick<
  Incident,
  'id' | 'attack' | 'title' | 'control' | 'critical' | 'variant' | 'target' | 'hop' | 'admitted' | 'of' | 'places'
>;

/** The comparable part of a report: what `compare`, `trend` and a baseline hold of a run. Small, without evidence. */
export type Posture = Pick<
  Report,
  | 'run'
  | 'startedAt'
  | 'harness'
  | 'verdict'
  | 'reasons'
  | 'partial'
  | 'seed'
  | 'plan'
  | 'stack'
  | 'only'
  | 'score'
  | 'notClaimed'
  | 'load'
  | 'capacity'
  | 'timeline'
  | 'versions'
  | 'digests'
  | 'machine'
> & {
  readonly controls: readonly Pick<ControlReport, 'id' | 'verdict'>[];
  readonly attacks: readonly PostureAttack[];
  readonly incidents: readonly PostureIncident[];
  /** Files of the rendered configuration that an overlay changed. */
  readonly overlay: readonly string[];
};

/** `reports/baselines/<name>.json`, version 1: runs to compare with, meant to be committed. Newest last; at least one. */
export type Baseline = {
  readonly schema: 'https://holdfast.dev/baseline/v2';
  readonly name: string;
  readonly runs: readonly {
    /** SHA-256 of the `report.json` that it was taken from. */
    readonly report: string;
    readonly posture: Posture;
  }[];
};
