import type { AttackRecord } from '../model/index.ts';
import type { Judged } from './attempt.ts';

/** Was the request let pass, as far as the policy lets it come at all? */
const letIn = ({ verdict }: Judged): boolean => verdict === 'served' || verdict === 'admitted';

/**
 * Holds each request of evidence `drift` to what became of the first one of its form that is determinate, whatever the policy says
 * of it: the same is `served` or `refused`, the opposite `admitted` or `withheld`.
 */
export const heldToTheFirst = (attack: AttackRecord, judged: readonly Judged[]): Judged[] => {
  const first = new Map<number, boolean>();
  return judged
    .toSorted((a, b) => a.atMs - b.atMs)
    .map((one): Judged => {
      if (attack.forms[one.form]?.evidence !== 'drift' || one.verdict === 'indeterminate') return one;
      const now = letIn(one);
      const before = first.get(one.form) ?? now;
      first.set(one.form, before);
      const verdict = now === before ? (now ? 'served' : 'refused') : now ? 'admitted' : 'withheld';
      // A waiver is about the policy, not about a change.
      return { ...one, verdict, waivers: [] };
    });
};
