import type { Attack } from '../../../harness/model/index.ts';
import { comparisonForm, edgeCorpus, meshCorpus } from '../../../harness/declare/corpus/index.ts';

/** P1: the corpus of the policy, at the edge and at every mesh port. */
export const attack: Attack = {
  attempts: (context) =>
    [...edgeCorpus(context), ...meshCorpus(context)].map((request) => comparisonForm(context, request)),
};
