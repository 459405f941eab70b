import type { EvidenceKind } from '../../model/index.ts';
import { ofRequest, seenOf } from './support/conclusions.ts';
import { refusalOf, seenBy } from './support/examples.ts';

/**
 * An admission is an HTTP answer at all, whatever its status: the peer spoke with a client that it had not authenticated. For attacks
 * that must die in the handshake; see docs/decisions/0005-an-answer-is-an-admission.md.
 */
export const evidence: EvidenceKind = {
  id: 'answer',
  judge: (view, attempt, form) =>
    ofRequest(view, attempt, form, {
      by: 'answer',
      gotIn: attempt.status !== null || seenOf(view, attempt).length > 0,
    }),
  live: { witness: true, result: 'status' },
  example: (form, ending, at) =>
    ending === 'broke'
      ? { attempt: { status: 200, error: null }, records: [seenBy(form, at)] }
      : { attempt: refusalOf(form), records: [] },
};
