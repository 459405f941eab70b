import type { EvidenceKind } from '../../model/index.ts';
import { ofRequest } from './support/conclusions.ts';
import { refusalOf } from './support/examples.ts';

/** An admission is an answer that only the protected endpoint gives (`Send.proof`). */
export const evidence: EvidenceKind = {
  id: 'response',
  judge: (view, attempt, form) => ofRequest(view, attempt, form, { by: 'proof', gotIn: attempt.proved }),
  live: { witness: false, result: 'proof' },
  example: (form, ending) => ({
    attempt: ending === 'broke' ? { status: 200, error: null, proved: true } : refusalOf(form),
    records: [],
  }),
};
