import { reason } from '../model/index.ts';
import type { AttackReport, Reason, RunVerdict } from '../model/index.ts';
import type { Gathered } from './gather.ts';

/** What bears on the verdict of a run beside its attacks. */
export type Doubts = {
  /** The instrument was not fit. */
  readonly instrument: readonly Reason[];
  /** What was shown is open to doubt as a whole. */
  readonly run: readonly Reason[];
};

/** What an attack contributes to the reasons of its control and of the run. */
export const ofAttack = ({ id, verdict, reason: why }: AttackReport): Reason =>
  reason('attack', { attack: id, verdict, reason: why });

/**
 * The verdict of a run, worst first: an admission is a fact whatever the load was, so BROKEN comes before INVALID (see
 * docs/decisions/0004-broken-before-invalid.md); then UNKNOWN; HOLDS only where nothing is left to say.
 */
export const concludeRun = (
  attacks: readonly AttackReport[],
  doubts: Doubts,
): { readonly verdict: RunVerdict; readonly reasons: readonly Reason[] } => {
  const failed = attacks.filter(({ verdict }) => verdict === 'fail').map(ofAttack);
  const unknown = attacks.filter(({ verdict }) => verdict === 'unknown').map(ofAttack);
  const reasons = [...failed, ...doubts.instrument, ...doubts.run, ...unknown];
  if (attacks.length === 0) reasons.push(reason('no-attack-applies'));
  if (failed.length > 0) return { verdict: 'BROKEN', reasons };
  if (doubts.instrument.length > 0) return { verdict: 'INVALID', reasons };
  return { verdict: reasons.length > 0 ? 'UNKNOWN' : 'HOLDS', reasons };
};

/** Phases of the plan that no record says were played: the history is whole, and has nothing of them. */
export const phasesMissing = ({ run, phases }: Gathered): readonly Reason[] => {
  const played = new Set(phases.map(({ id }) => id));
  const missing = run.plan.phases.map(({ id }) => id).filter((id) => !played.has(id));
  return missing.length === 0 ? [] : [reason('phases-not-tried', { phases: missing })];
};

/** Is the history cut short, and why? null where it is whole. */
export const whyPartial = ({ end }: Gathered): Reason | null => {
  if (end === null) return reason('history-without-end');
  return end.partial ? reason('interrupted', { by: end.reason }) : null;
};
