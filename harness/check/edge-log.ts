import type { EdgeRecord } from '../model/index.ts';
import type { Evidence } from './evidence.ts';

/** Words by which edges log that they passed a request on: Envoy of an answer of its upstream, httpd. */
const passedOn = /\bvia_upstream\b|\bpassed on\b/;

/** Does an entry of the edge's log say that a rule let the request in, or that what stands behind the edge answered it? */
const saysPassed = (rules: ReadonlySet<string>, { reason, status }: EdgeRecord): boolean => {
  // A rate limit turns away what a rule has let in.
  if (status === 429) return false;
  return passedOn.test(reason) || reason.split(/[ ,]/).some((word) => rules.has(word.replace(/^rules\./, '')));
};

type Reader = { readonly rules: ReadonlySet<string>; readonly speaks: boolean };
const readers = new WeakMap<Evidence, Reader>();

const readerOf = (evidence: Evidence): Reader => {
  const known = readers.get(evidence);
  if (known !== undefined) return known;
  const rules = new Set(evidence.run.policy.rules.map(({ id }) => id));
  // The replayed traffic is let in: an edge that never says so keeps a log that this cannot read.
  const reader = { rules, speaks: evidence.edge.some((entry) => saysPassed(rules, entry)) };
  readers.set(evidence, reader);
  return reader;
};

/**
 * What the edge's own log says that it did to an attempt; null where it does not say. Behind the edge stands the first sidecar, which
 * decides for itself: what both let pass the witness sees, but not what the edge alone lets pass.
 */
export const edgeDid = (evidence: Evidence, seq: number): 'allow' | 'deny' | null => {
  const entry = evidence.loggedAtEdge.get(seq);
  if (entry === undefined) return null;
  const { rules, speaks } = readerOf(evidence);
  if (saysPassed(rules, entry)) return 'allow';
  return speaks ? 'deny' : null;
};
