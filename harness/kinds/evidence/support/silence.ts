import { errorWord, reason } from '../../../model/index.ts';
import type { AttemptRecord, FormRecord, Reason, View } from '../../../model/index.ts';
import { nearMs, whyDeaf } from '../../../check/index.ts';
import { edgeDid, loggedAtEdge } from './edge-log.ts';

/** By what an admission would show: a workload's journal, an answer at all, the rest of a handshake, or an answer that proves it. */
export type ShownBy = 'journal' | 'answer' | 'handshake' | 'proof';

/** Answers of a proxy that tried to pass a request on and could not (RFC 9110, sections 15.6.3 to 15.6.5). */
const failedOnward: ReadonlySet<number> = new Set([502, 503, 504]);

/** Why an attempt says nothing, however it ended: it met another moment than the one that it was meant for. Null where it does. */
export const whyLate = ({ dueMs, sentMs }: AttemptRecord): Reason | null =>
  sentMs - dueMs > nearMs ? reason('late', { limitMs: nearMs }) : null;

/**
 * Why an attempt that no workload saw was not refused for all that; null where it was. A proxy that failed to pass it on had
 * let it in; where an answer is due, silence may be a sender that is deaf, a connection that was closed for its age, or a
 * request that still waited when its sender gave up. Where there may be no port at all (M2, D1), silence is the answer.
 */
export const whySilenceSaysNothing = (
  view: View,
  { vantage }: FormRecord,
  { seq, status, error, dueMs }: AttemptRecord,
  by: ShownBy,
): Reason | null => {
  const deaf = by === 'journal' ? whyDeaf(view, dueMs) : null;
  if (deaf !== null) return deaf;
  const word = errorWord(error);
  // Only what a peer can have done is a refusal.
  if (status === null && (word === null || word.is === 'other')) return reason('sender-failed', { error });
  if (by === 'journal' && status !== null && failedOnward.has(status)) return reason('failed-onward', { status });
  if (by === 'handshake' && (word?.is === 'nobody' || word?.is === 'not-tls')) return reason('nothing-speaks-tls');
  const atFrontDoor = by === 'journal' && vantage === 'outside';
  const byHandshake = by === 'answer' || by === 'handshake';
  if (word?.is === 'timeout' && (atFrontDoor || byHandshake || vantage === 'insider'))
    return reason('not-answered-in-time');
  // An alert is an answer, though no log of requests knows of it.
  if (atFrontDoor && status === null && word?.is !== 'alert' && loggedAtEdge(view, seq) === undefined)
    return reason('not-answered-nor-logged');
  return null;
};

/**
 * Why an attempt that must be refused, and that no journal has, was not refused for all that: it was answered with success, or the
 * edge's own log says that it let it pass. It need not be an admission: a product may answer for itself. Null where neither is so.
 */
export const whyNobodyRefused = (view: View, { seq, status }: AttemptRecord): Reason | null => {
  if (view.witness.has(seq)) return null;
  if (status !== null && status >= 200 && status < 300) return reason('answered-unseen', { status });
  return edgeDid(view, seq) === 'allow' ? reason('let-pass-unseen') : null;
};
