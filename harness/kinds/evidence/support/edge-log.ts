import type { Seen, View } from '../../../model/index.ts';
import { perView } from '../../../check/index.ts';
import type { EdgeLogData } from '../../observers/edge-log/record.ts';

/** An entry of the edge's own log. `did`: what it did to the request; absent in older histories, which have its words alone. */
export type EdgeEntry = Seen<EdgeLogData>;

const entriesOf = (view: View): readonly EdgeEntry[] => view.seen<EdgeLogData>('edge-log');

const bySeq = perView(
  (view): ReadonlyMap<number, EdgeEntry> =>
    new Map(entriesOf(view).flatMap((entry) => (entry.of === 'attack' ? [[entry.seq ?? -1, entry]] : []))),
);

/** What the edge logged of an attempt: it arrived there, whatever its sender saw. */
export const loggedAtEdge = (view: View, seq: number): EdgeEntry | undefined => bySeq(view).get(seq);

/** Words by which edges log that they passed a request on: Envoy of an answer of its upstream, httpd. */
const passedOn = /\bvia_upstream\b|\bpassed on\b/;

/** Does an entry say that a rule let the request in, or that what stands behind the edge answered it? */
const saysPassed = (rules: ReadonlySet<string>, { reason: words, status, did }: EdgeEntry): boolean => {
  if (did !== undefined) return did === 'allow';
  // A rate limit turns away what a rule has let in.
  if (status === 429) return false;
  return passedOn.test(words) || words.split(/[ ,]/).some((word) => rules.has(word.replace(/^rules\./, '')));
};

const readerOf = perView((view) => {
  const rules = new Set(view.run.policy.rules.map(({ id }) => id));
  // The replayed traffic is let in: an edge that never says so keeps a log that this cannot read.
  const speaks = entriesOf(view).some((entry) => entry.of === 'legit' && saysPassed(rules, entry));
  return { rules, speaks };
});

/**
 * What the edge's own log says that it did to an attempt; null where it does not say. Behind the edge stands the first sidecar, which
 * decides for itself: what both let pass the witness sees, but not what the edge alone lets pass.
 */
export const edgeDid = (view: View, seq: number): 'allow' | 'deny' | null => {
  const entry = loggedAtEdge(view, seq);
  if (entry === undefined) return null;
  const { rules, speaks } = readerOf(view);
  if (saysPassed(rules, entry)) return 'allow';
  return speaks ? 'deny' : null;
};
