import { brokeOf, heldOf, reason } from '../model/index.ts';
import type {
  AttackRecord,
  AttackReport,
  ControlVerdict,
  Counts,
  Kinds,
  PhaseRecord,
  Reason,
  Tally,
  View,
} from '../model/index.ts';
import { blindSpot, notShown } from './blind.ts';
import type { About } from './blind.ts';
import { bound95 } from './bound.ts';
import { count, countClusters, groupBy } from './counts.ts';
import { whyExcluded } from './features.ts';
import type { Judged } from './judge.ts';
import { phaseAt } from './phases.ts';

/** Why an attack of the plan was not run: it does not apply to the stack, or it was left out; null where it was. */
export const whyNotRun = ({ run }: View, attack: AttackRecord): Reason | null => {
  const excluded = whyExcluded(run, attack);
  if (excluded !== null) return excluded;
  if (attack.run) return null;
  return run.only === null ? reason('not-run') : reason('narrowed', { only: run.only });
};

/** The counts and bounds of judged attempts, whole, by phase and by form. */
export const tally = (attack: AttackRecord, judged: readonly Judged[], phases: readonly PhaseRecord[]): Tally => {
  const counts = count(judged);
  const clusters = countClusters(judged);
  const byPhase = groupBy(judged, ({ atMs }) => phaseAt(phases, atMs)?.id ?? '');
  const byForm = groupBy(judged, ({ form }) => nameOfForm(attack, form));
  const judgedForms = attack.forms.filter(({ probe }) => probe !== true);
  const named = new Map(judgedForms.map((form) => [`${form.variant} ${form.target}`, form]));
  return {
    ...counts,
    bound95: bound95(brokeOf(counts), heldOf(counts) + brokeOf(counts)),
    bound95Clusters: bound95(clusters.broke, clusters.determinate),
    phases: Object.fromEntries(phases.map(({ id }) => [id, count(byPhase.get(id) ?? [])])),
    variants: [...named].map(([key, { variant, target }]) => ({ variant, target, ...count(byForm.get(key) ?? []) })),
    indeterminateReasons: countReasons(judged),
  };
};

/** Each reason with how often it was the one, in the order of their codes. */
const countReasons = (judged: readonly Judged[]): Tally['indeterminateReasons'] => {
  const reasons = judged.flatMap((one) => (one.reason === null ? [] : [one.reason]));
  return [...groupBy(reasons, (one) => JSON.stringify(one))]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, same]) => ({ reason: same[0]!, count: same.length }));
};

const nameOfForm = (attack: AttackRecord, form: number): string =>
  `${attack.forms[form]?.variant ?? ''} ${attack.forms[form]?.target ?? ''}`;

/** The tally of an attack of which nothing is known. */
export const emptyTally = (attack: AttackRecord, phases: readonly PhaseRecord[]): Tally => tally(attack, [], phases);

/**
 * The report on an attack. `blocked` is a reason why its evidence shows nothing (it did not run, an instrument failed): unknown,
 * but for an admission, which is a fact. `disturbed`: how many of its attempts say nothing for what the harness did to the stack.
 */
export const reportAttack = (
  attack: AttackRecord,
  counts: Tally,
  about: About & { readonly kinds: Kinds; readonly blocked: Reason | null },
): AttackReport => {
  const { verdict, reason: why } = conclude(attack, counts, about);
  const open = notShown(attack, counts, about, verdict);
  return {
    id: attack.id,
    name: attack.name,
    title: attack.title,
    control: attack.control,
    critical: attack.critical,
    verdict,
    reason: why,
    ...(open.length > 0 && { notShown: open }),
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

/** Of a comparison both directions are told apart: too much let in, and too little. */
const whyBroken = ({ forms }: AttackRecord, counts: Counts, { evidence }: Kinds): Reason => {
  const { attempts, admitted, withheld } = counts;
  const than = evidence.get(forms[0]?.evidence ?? '')?.comparedWith;
  return than === undefined
    ? reason('admitted', { admitted, attempts })
    : reason('decided-otherwise', { than, attempts, admitted, withheld });
};

const conclude = (
  attack: AttackRecord,
  counts: Tally,
  about: Parameters<typeof reportAttack>[2],
): { readonly verdict: ControlVerdict; readonly reason: Reason | null } => {
  const { kinds, blocked } = about;
  if (brokeOf(counts) > 0) return { verdict: 'fail', reason: whyBroken(attack, counts, kinds) };
  if (blocked !== null) return { verdict: 'unknown', reason: blocked };
  // A plan that asks for nothing must not turn silence into a pass.
  const needed = Math.max(1, attack.required);
  const held = heldOf(counts);
  if (held < needed)
    return { verdict: 'unknown', reason: reason('too-few-attempts', { held, needed, bound: attack.bound }) };
  const blind = blindSpot(attack, counts, about);
  return { verdict: blind === null ? 'pass' : 'unknown', reason: blind };
};
