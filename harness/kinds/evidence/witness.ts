import type { EvidenceKind } from '../../model/index.ts';
import { ofRequest, seenOf } from './support/conclusions.ts';
import { refusalOf, seenBy } from './support/examples.ts';
import { whyNobodyRefused } from './support/silence.ts';

/** An admission is an attempt that a workload journalled, whatever answer its sender got. */
export const evidence: EvidenceKind = {
  id: 'witness',
  judge: (view, attempt, form) =>
    ofRequest(view, attempt, form, {
      by: 'journal',
      gotIn: seenOf(view, attempt).length > 0,
      open: whyNobodyRefused(view, attempt),
    }),
  live: { witness: true, result: null },
  example: (form, ending, at) =>
    ending === 'broke'
      ? { attempt: { status: 200, error: null }, records: [seenBy(form, at)] }
      : { attempt: refusalOf(form), records: [] },
};
