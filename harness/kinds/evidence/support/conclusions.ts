import type { AttemptRecord, Conclusion, FormRecord, Reason, Sighting, View } from '../../../model/index.ts';
import { whyLate, whySilenceSaysNothing } from './silence.ts';
import type { ShownBy } from './silence.ts';

export const admitted: Conclusion = { verdict: 'admitted', reason: null };

export const indeterminate = (why: Reason): Conclusion => ({ verdict: 'indeterminate', reason: why });

/** Refused where the twin holds; else nothing is known. */
export const refusedIf = (twinFault: Reason | null): Conclusion =>
  twinFault === null ? { verdict: 'refused', reason: null } : indeterminate(twinFault);

/** What workloads journalled of an attempt. */
export const seenOf = (view: View, { seq }: AttemptRecord): readonly Sighting[] => view.witness.get(seq) ?? [];

/**
 * A request that must be refused: the evidence decides, never the status. `gotIn`: does the evidence show an admission? `open`: why
 * it was not put to the test, of an attempt that did not get in.
 */
export const ofRequest = (
  view: View,
  attempt: AttemptRecord,
  form: FormRecord,
  how: { readonly by: ShownBy; readonly gotIn: boolean; readonly open?: Reason | null },
): Conclusion => {
  if (how.gotIn) return admitted;
  const nothing = whyLate(attempt) ?? whySilenceSaysNothing(view, form, attempt, how.by) ?? how.open ?? null;
  return nothing === null ? refusedIf(view.twinFault(attempt)) : indeterminate(nothing);
};
