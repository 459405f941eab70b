import type { Attack } from '../../../harness/model/index.ts';
import { comparisonForm, edgeCorpus, meshCorpus } from '../../../harness/declare/corpus/index.ts';

/** Kinds of requests, before the `@`: one that the policy allows, and such as a change in a hurry lets in. */
const kinds = new Set([
  'exact',
  'glued-suffix',
  'other-subject',
  'empty-segment',
  'method-PUT',
  'as-nobody',
  'as-no-role',
  'token-in-query',
  'from-nobody',
  'tls-1.2',
]);

/** P9: for each rule and each call, the first request of each of these kinds; each is sent in every phase. */
export const attack: Attack = {
  attempts: (context) => {
    const seen = new Set<string>();
    return [...edgeCorpus(context), ...meshCorpus(context)].flatMap((request) => {
      const key = `${request.variant} ${request.send.to}`;
      if (!kinds.has(request.variant.split('@', 1)[0]!) || seen.has(key)) return [];
      seen.add(key);
      return [{ ...comparisonForm(context, request), evidence: 'drift' as const }];
    });
  },
};
