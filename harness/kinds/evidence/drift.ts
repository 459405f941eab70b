import type { Concluded, EvidenceKind } from '../../model/index.ts';
import { loggedBy, ofComparison } from './support/comparison.ts';
import { otherwiseThanPolicy } from './support/examples.ts';

/** Was the request let pass, as far as the policy lets it come at all? */
const letIn = ({ conclusion: { verdict } }: Concluded): boolean => verdict === 'served' || verdict === 'admitted';

/**
 * Holds each request to what became of the first one of its form that is determinate, whatever the policy says of it: the same is
 * `served` or `refused`, the opposite `admitted` or `withheld`.
 */
const heldToTheFirst = (concluded: readonly Concluded[]): readonly Concluded[] => {
  const first = new Map<number, boolean>();
  return concluded.map((one): Concluded => {
    if (one.conclusion.verdict === 'indeterminate') return one;
    const now = letIn(one);
    const { form } = one.attempt;
    const before = first.get(form) ?? now;
    first.set(form, before);
    const verdict = now === before ? (now ? 'served' : 'refused') : now ? 'admitted' : 'withheld';
    // A waiver is about the policy, not about a change.
    return { ...one, conclusion: { ...one.conclusion, verdict, waivers: [] } };
  });
};

/** A comparison with the run's own beginning: it must become of a request what became of the first one of its form. */
export const evidence: EvidenceKind = {
  id: 'drift',
  judge: ofComparison,
  together: heldToTheFirst,
  saw: loggedBy,
  live: { witness: false, result: null },
  comparedWith: 'first',
  example: otherwiseThanPolicy,
};
