import type { Policy } from '../../../model/index.ts';
import type { EdgeLogData } from '../../observers/edge-log/record.ts';

/**
 * How an entry of an older history is read, which does not hold what the edge did: by the words of the edges of that time. No history
 * that is written today comes here: what the words of a product mean is said in its `log.ts`.
 */
export const passedInWords = ({ rules }: Policy): ((entry: EdgeLogData) => boolean) => {
  const ids = new Set(rules.map(({ id }) => id));
  return ({ reason: words, status }) => {
    // A rate limit turns away what a rule has let in.
    if (status === 429) return false;
    return passedOn.test(words) || words.split(/[ ,]/).some((word) => ids.has(word.replace(/^rules\./, '')));
  };
};

/** Words by which edges logged that they passed a request on. */
const passedOn = /\bvia_upstream\b|\bpassed on\b/;
