import { reason } from '../../model/index.ts';
import type { EvidenceKind } from '../../model/index.ts';
import { ofRequest, seenOf } from './support/conclusions.ts';
import { seenBy } from './support/examples.ts';

/**
 * An admission is a spoofed value (a marker that only this attempt sent) that a workload journalled. It is shown to be stripped only by
 * a request that arrived without it, or that was turned away.
 */
export const evidence: EvidenceKind = {
  id: 'spoof',
  judge: (view, attempt, form) => {
    const seen = seenOf(view, attempt);
    return ofRequest(view, attempt, form, {
      by: 'journal',
      gotIn: seen.some(({ spoofed }) => (spoofed?.length ?? 0) > 0),
      open: seen.length === 0 && (attempt.status ?? 0) < 400 ? reason('spoof-not-put-to-the-test') : null,
    });
  },
  live: { witness: true, marked: true, result: null },
  // A spoofed value is stripped from a request that itself arrives.
  example: (form, ending, at) => ({
    attempt: { status: 200, error: null },
    records: [seenBy(form, at, ending === 'broke' ? ['x-spoofed: {marker}'] : [])],
  }),
};
