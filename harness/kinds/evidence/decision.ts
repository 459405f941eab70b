import type { EvidenceKind } from '../../model/index.ts';
import { loggedBy, ofComparison } from './support/comparison.ts';
import { otherwiseThanPolicy } from './support/examples.ts';

/** No admission but a comparison: each witness must have seen the request where the policy allows it, and only there. */
export const evidence: EvidenceKind = {
  id: 'decision',
  judge: ofComparison,
  saw: loggedBy,
  live: { witness: false, result: null },
  comparedWith: 'policy',
  example: otherwiseThanPolicy,
};
