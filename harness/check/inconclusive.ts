import type { AttackRecord, AttemptRecord } from '../model/index.ts';
import type { Evidence } from './evidence.ts';
import { nearMs } from './twins.ts';

type Form = AttackRecord['forms'][number];

/** Kinds of evidence that a workload's journal gives. */
const witnessed: ReadonlySet<string> = new Set(['witness', 'spoof', 'decision', 'drift']);

/** Answers of a proxy that tried to pass a request on and could not (RFC 9110, sections 15.6.3 to 15.6.5). */
const failedOnward: ReadonlySet<number> = new Set([502, 503, 504]);

/** Why an attempt says nothing, however it ended: it met another moment than the one that it was meant for. Null where it does. */
export const whyNothingShown = ({ dueMs, sentMs }: AttemptRecord): string | null =>
  sentMs - dueMs > nearMs ? `it was sent more than ${nearMs} ms late` : null;

/**
 * Why an attempt that no workload saw was not refused for all that; null where it was. A proxy that failed to pass it on had
 * let it in; where an answer is due, silence may be a sender that is deaf, a connection that was closed for its age, or a
 * request that still waited when its sender gave up. Where there may be no port at all (M2, D1), silence is the answer.
 */
export const whySilenceSaysNothing = (
  { loggedAtEdge }: Evidence,
  { evidence, vantage }: Form,
  { seq, status, error }: AttemptRecord,
): string | null => {
  const byWitness = witnessed.has(evidence);
  if (byWitness && status !== null && failedOnward.has(status)) {
    return `it was answered ${status}: what should refuse it failed, or passed it on to what failed`;
  }
  if (evidence === 'handshake' && (error === 'ECONNREFUSED' || error === 'not-tls')) {
    return 'nothing there speaks TLS, so nothing was refused';
  }
  const atFrontDoor = byWitness && vantage === 'outside';
  const byHandshake = evidence === 'answer' || evidence === 'handshake';
  if (error === 'timeout' && (atFrontDoor || byHandshake || vantage === 'insider')) {
    return 'it was not answered in time, which is no refusal';
  }
  // An alert is an answer, though no log of requests knows of it.
  const alerted = error?.startsWith('tls-alert:') === true;
  if (atFrontDoor && status === null && !alerted && !loggedAtEdge.has(seq)) {
    return 'it was not answered, and the edge did not log it: it may never have arrived';
  }
  return null;
};
