import { brokeOf, heldOf } from '../model/index.ts';
import type { AttackRecord, AttackReport, ControlVerdict, Counts, PhaseRecord } from '../model/index.ts';
import type { Judged } from './attempt.ts';
import { bound95 } from './bound.ts';
import { count, countClusters, groupBy } from './counts.ts';
import type { Evidence } from './evidence.ts';
import { whyExcluded } from './features.ts';
import { phaseAt } from './phases.ts';

/** What an attack's counts come down to, before its verdict. */
export type Tally = Pick<
  AttackReport,
  'bound95' | 'bound95Clusters' | 'phases' | 'variants' | 'indeterminateReasons' | keyof Counts
>;

/** Why an attack of the plan was not run: it does not apply to the stack, or it was left out; null where it was. */
export const whyNotRun = (evidence: Evidence, attack: AttackRecord): string | null => {
  const { run } = evidence;
  const excluded = whyExcluded(evidence, attack);
  if (excluded !== null) return `not applicable to ${run.stack.id}: ${excluded}`;
  if (attack.run) return null;
  return run.only === null ? 'it was not run' : `it was not run: the run was narrowed by --only ${run.only}`;
};

/** The counts and bounds of judged attempts, whole, by phase and by form. */
export const tally = (attack: AttackRecord, judged: readonly Judged[], phases: readonly PhaseRecord[]): Tally => {
  const counts = count(judged);
  const clusters = countClusters(judged);
  const byPhase = groupBy(judged, ({ atMs }) => phaseAt(phases, atMs)?.id ?? '');
  const byForm = groupBy(judged, ({ form }) => nameOfForm(attack, form));
  const judgedForms = attack.forms.filter(({ probe }) => probe !== true);
  const named = new Map(judgedForms.map((form) => [`${form.variant} ${form.target}`, form]));
  const reasons = groupBy(
    judged.filter(({ reason }) => reason !== null),
    ({ reason }) => reason ?? '',
  );
  return {
    ...counts,
    bound95: bound95(brokeOf(counts), heldOf(counts) + brokeOf(counts)),
    bound95Clusters: bound95(clusters.broke, clusters.determinate),
    phases: Object.fromEntries(phases.map(({ id }) => [id, count(byPhase.get(id) ?? [])])),
    variants: [...named].map(([key, { variant, target }]) => ({ variant, target, ...count(byForm.get(key) ?? []) })),
    indeterminateReasons: Object.fromEntries(
      [...reasons]
        .map(([reason, items]): [string, number] => [reason, items.length])
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ),
  };
};

const nameOfForm = (attack: AttackRecord, form: number): string =>
  `${attack.forms[form]?.variant ?? ''} ${attack.forms[form]?.target ?? ''}`;

/** The tally of an attack of which nothing is known. */
export const emptyTally = (attack: AttackRecord, phases: readonly PhaseRecord[]): Tally => tally(attack, [], phases);

/**
 * The report on an attack. `blocked` is a reason why its evidence shows nothing (it did not run, an instrument failed): unknown,
 * but for an admission, which is a fact.
 */
export const reportAttack = (attack: AttackRecord, counts: Tally, blocked: string | null): AttackReport => {
  const { verdict, reason } = conclude(attack, counts, blocked);
  return {
    id: attack.id,
    name: attack.name,
    title: attack.title,
    control: attack.control,
    critical: attack.critical,
    verdict,
    reason,
    attempts: counts.attempts,
    clusters: counts.clusters,
    refused: counts.refused,
    admitted: counts.admitted,
    served: counts.served,
    withheld: counts.withheld,
    indeterminate: counts.indeterminate,
    required: attack.required,
    bound: attack.bound,
    bound95: counts.bound95,
    bound95Clusters: counts.bound95Clusters,
    phases: counts.phases,
    variants: counts.variants,
    indeterminateReasons: counts.indeterminateReasons,
    secure: attack.secure,
    remediation: attack.remediation,
    sources: attack.sources,
    definition: attack.definition ?? null,
  };
};

/** Attempts of which none is determinate: so many, and it was no accident. A corpus has few of each kind. */
const fewestTries = { ordinary: 5, corpus: 3 } as const;

/** A phase or a form of which the attempts show nothing; the many of the others must not stand for it. Null where there is none. */
const blindSpot = ({ corpus }: AttackRecord, { phases, variants }: Tally): string | null => {
  const least = corpus === true ? fewestTries.corpus : fewestTries.ordinary;
  const blind = ({ attempts, indeterminate }: Counts): boolean => attempts >= least && indeterminate === attempts;
  const phase = Object.entries(phases).find(([, counts]) => blind(counts));
  if (phase !== undefined) return `none of ${phase[1].attempts} attempts in phase ${phase[0]} is determinate`;
  const form = variants.find(blind);
  return form === undefined
    ? null
    : `none of ${form.attempts} attempts of ${form.variant} at ${form.target} is determinate`;
};

/** What requests are compared with, by their evidence. */
const otherwiseThan: Readonly<Record<string, string>> = { decision: 'the policy says', drift: 'at first' };

/** Of a comparison both directions are told apart: too much let in, and too little. */
const whyBroken = ({ forms }: AttackRecord, counts: Counts): string => {
  const { attempts, admitted, withheld } = counts;
  const otherwise = otherwiseThan[forms[0]?.evidence ?? ''];
  if (otherwise === undefined) return `${admitted} of ${attempts} attempts admitted`;
  return `${brokeOf(counts)} of ${attempts} requests decided otherwise than ${otherwise}: ${admitted} admitted, ${withheld} withheld`;
};

const conclude = (
  attack: AttackRecord,
  counts: Tally,
  blocked: string | null,
): { readonly verdict: ControlVerdict; readonly reason: string | null } => {
  if (brokeOf(counts) > 0) return { verdict: 'fail', reason: whyBroken(attack, counts) };
  if (blocked !== null) return { verdict: 'unknown', reason: blocked };
  // A plan that asks for nothing must not turn silence into a pass.
  const needed = Math.max(1, attack.required);
  if (heldOf(counts) < needed) {
    return {
      verdict: 'unknown',
      reason: `${heldOf(counts)} of ${needed} determinate attempts that the bound ${attack.bound} needs`,
    };
  }
  const blind = blindSpot(attack, counts);
  return blind === null ? { verdict: 'pass', reason: null } : { verdict: 'unknown', reason: blind };
};
