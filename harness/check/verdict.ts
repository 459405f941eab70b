import type { AttackReport, RunVerdict } from '../model/index.ts';
import type { Evidence } from './evidence.ts';

/** What bears on the verdict of a run beside its attacks, each as reasons in words. */
export type Doubts = {
  /** The instrument was not fit. */
  readonly instrument: readonly string[];
  /** What was shown is open to doubt as a whole. */
  readonly run: readonly string[];
};

/**
 * The verdict of a run, worst first: an admission is a fact whatever the load was, so BROKEN comes before INVALID (see
 * docs/decisions/0004-broken-before-invalid.md); then UNKNOWN; HOLDS only where nothing is left to say.
 */
export const concludeRun = (
  attacks: readonly AttackReport[],
  doubts: Doubts,
): { readonly verdict: RunVerdict; readonly reasons: readonly string[] } => {
  const say = ({ id, reason }: AttackReport): string => `${id}: ${reason ?? 'no reason'}`;
  const failed = attacks.filter(({ verdict }) => verdict === 'fail').map(say);
  const unknown = attacks.filter(({ verdict }) => verdict === 'unknown').map(say);
  const reasons = [...failed, ...doubts.instrument, ...doubts.run, ...unknown];
  if (attacks.length === 0) reasons.push('no attack of the plan applies to this stack');
  if (failed.length > 0) return { verdict: 'BROKEN', reasons };
  if (doubts.instrument.length > 0) return { verdict: 'INVALID', reasons };
  return { verdict: reasons.length > 0 ? 'UNKNOWN' : 'HOLDS', reasons };
};

/** Is the history cut short, and why? null where it is whole. */
export const whyPartial = ({ end }: Evidence): string | null => {
  if (end === null) return 'the history has no end';
  return end.partial ? `the run was interrupted: ${end.reason ?? 'no reason was recorded'}` : null;
};
