import type { Seen, View } from '../../../model/index.ts';
import { perView } from '../../../check/index.ts';
import type { EdgeLogData } from '../../observers/edge-log/record.ts';
import { passedInWords } from './edge-words.ts';

/** An entry of the edge's own log. `did`: what it did to the request; absent in older histories, which have its words alone. */
export type EdgeEntry = Seen<EdgeLogData>;

const entriesOf = (view: View): readonly EdgeEntry[] => view.seen<EdgeLogData>('edge-log');

const bySeq = perView(
  (view): ReadonlyMap<number, EdgeEntry> =>
    new Map(entriesOf(view).flatMap((entry) => (entry.of === 'attack' ? [[entry.seq ?? -1, entry]] : []))),
);

/** What the edge logged of an attempt: it arrived there, whatever its sender saw. */
export const loggedAtEdge = (view: View, seq: number): EdgeEntry | undefined => bySeq(view).get(seq);

const readerOf = perView((view) => {
  const saysPassed = passedInWords(view.run.policy);
  const did = (entry: EdgeEntry): 'allow' | 'deny' | null => {
    if (entry.did !== undefined) return entry.did;
    return saysPassed(entry) ? 'allow' : 'deny';
  };
  // The replayed traffic is let in: a log that never says so cannot be believed of the rest either.
  const speaks = entriesOf(view).some((entry) => entry.of === 'legit' && did(entry) === 'allow');
  return { did, speaks };
});

/**
 * What the edge's own log says that it did to an attempt; null where it does not say. Behind the edge stands the first sidecar, which
 * decides for itself: what both let pass the witness sees, but not what the edge alone lets pass.
 */
export const edgeDid = (view: View, seq: number): 'allow' | 'deny' | null => {
  const entry = loggedAtEdge(view, seq);
  if (entry === undefined) return null;
  const { did, speaks } = readerOf(view);
  const said = did(entry);
  return said === 'deny' && !speaks ? null : said;
};
