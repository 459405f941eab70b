import type {
  AttackRecord,
  AttemptRecord,
  AttemptVerdict,
  DecisionReport,
  InterceptorRecord,
  Waiver,
  WindowRecord,
  WitnessRecord,
} from '../model/index.ts';
import { clustersOf } from './clusters.ts';
import { compare, explanations, whatAnswerSays } from './decision.ts';
import { heldToTheFirst } from './drift.ts';
import type { Evidence } from './evidence.ts';
import { isProbe } from './reloads.ts';
import { whyNothingShown, whySilenceSaysNothing } from './inconclusive.ts';
import type { TwinHolds } from './twins.ts';
import { cameOver, faultOfWindow, settleMs, whyNotPutToTheTest } from './windows.ts';

/** An attempt with what was concluded of it. */
export type Judged = {
  readonly verdict: AttemptVerdict;
  /** Why it is indeterminate. */
  readonly reason: string | null;
  readonly form: number;
  /** Intended time. */
  readonly atMs: number;
  /** The independent cluster that it belongs to. */
  readonly cluster: string;
  /** Null for an admission that was not an attempt: replayed traffic that an interceptor read. */
  readonly attempt: AttemptRecord | null;
  readonly read: InterceptorRecord | null;
  /** For evidence `decision`: enforcer by enforcer. */
  readonly decisions: readonly DecisionReport[];
  /** What of the policy's waivers explains that it was decided otherwise: such an attempt is listed, and not counted. */
  readonly waivers: readonly Waiver[];
};

type Conclusion = Pick<Judged, 'verdict' | 'reason'> & Partial<Pick<Judged, 'decisions' | 'waivers'>>;

const noComparison = { decisions: [], waivers: [] } as const;
const admitted: Conclusion = { verdict: 'admitted', reason: null };
const indeterminate = (reason: string): Conclusion => ({ verdict: 'indeterminate', reason });

/**
 * Judges every attempt of an attack: the witness decides, never the status. Refused needs the twin to hold. What an
 * interceptor read of the replayed traffic, during a window of this attack, counts as further admissions.
 */
export const judge = (evidence: Evidence, attack: AttackRecord, twinHolds: TwinHolds): Judged[] => {
  const windows = evidence.windows.filter((window) => window.attack === attack.id);
  const made = (evidence.attempts.get(attack.id) ?? []).filter((attempt) => !isProbe(attack, attempt));
  const clusters = clustersOf(evidence, windows, made);
  const attempts = made.map((attempt): Judged => {
    const seen = evidence.witness.get(attempt.seq) ?? [];
    const read = evidence.readInClear.get(attempt.seq) ?? null;
    const how = attack.forms[attempt.form]?.evidence;
    const conclusion =
      how === 'interceptor'
        ? ofInterception(evidence, windows, attempt, attack.forms[attempt.form]?.route ?? null, seen, read, twinHolds)
        : how === 'decision' || how === 'drift'
          ? ofComparison(evidence, attack, attempt, seen, twinHolds)
          : ofRequest(evidence, attack, attempt, seen, twinHolds);
    const cluster = clusters.get(attempt.seq) ?? attempt.connection;
    const { form, dueMs: atMs } = attempt;
    return { ...noComparison, ...conclusion, form, atMs, cluster, attempt, read };
  });
  return [
    ...heldToTheFirst(attack, attempts),
    ...windows.flatMap((window) => readFromTraffic(evidence, attack, window)),
  ];
};

/** A request that is compared with the policy: each witness has seen it where the policy allows it, and only there. */
const ofComparison = (
  evidence: Evidence,
  attack: AttackRecord,
  attempt: AttemptRecord,
  seen: readonly WitnessRecord[],
  twinHolds: TwinHolds,
): Conclusion => {
  const form = attack.forms[attempt.form]!;
  const { outcome, expected, decisions, at } = compare(evidence, form, attempt.seq, seen);
  const concluded = (conclusion: Conclusion): Conclusion => ({ ...conclusion, decisions });
  const held = concluded({ verdict: expected === 'allow' ? 'served' : 'refused', reason: null });
  const differs = (verdict: 'admitted' | 'withheld'): Conclusion =>
    concluded({ verdict, reason: null, waivers: explanations(evidence, at) });
  if (outcome === 'admitted') return differs('admitted');
  if (outcome === 'as-decided') return held;
  const says = at.length === 0 ? null : whatAnswerSays(evidence, form, attempt, seen);
  if (says === 'ended') return held;
  const nothing = whyNothingShown(attempt) ?? whySilenceSaysNothing(evidence, form, attempt);
  if (nothing !== null) return concluded(indeterminate(nothing));
  if (at.length > 0 && says === null) return concluded(indeterminate('its answer does not say whether it was let in'));
  const fault = twinHolds(attempt, null);
  if (fault !== null) return concluded(indeterminate(fault));
  return at.length > 0 ? differs('withheld') : held;
};

const ofRequest = (
  evidence: Evidence,
  attack: AttackRecord,
  attempt: AttemptRecord,
  seen: readonly WitnessRecord[],
  twinHolds: TwinHolds,
): Conclusion => {
  const form = attack.forms[attempt.form];
  const how = form?.evidence;
  if (gotIn(how, attempt, seen)) return admitted;
  const nothing =
    whyNothingShown(attempt) ?? (form === undefined ? null : whySilenceSaysNothing(evidence, form, attempt));
  if (nothing !== null) return indeterminate(nothing);
  // A spoofed value is shown to be stripped only by a request that arrived without it, or that was turned away.
  if (how === 'spoof' && seen.length === 0 && (attempt.status ?? 0) < 400) {
    return indeterminate(
      'it neither reached a workload nor was turned away, so nothing was shown of the spoofed value',
    );
  }
  return refusedIf(twinHolds(attempt, null));
};

const gotIn = (how: string | undefined, { proved, status }: AttemptRecord, seen: readonly WitnessRecord[]): boolean => {
  switch (how) {
    case 'response':
      return proved;
    case 'spoof':
      return seen.some(({ spoofed }) => (spoofed?.length ?? 0) > 0);
    case 'handshake':
      return proved;
    // See docs/decisions/0005-an-answer-is-an-admission.md: the peer spoke with a client that it had not authenticated.
    case 'answer':
      return status !== null || seen.length > 0;
    default:
      return seen.length > 0;
  }
};

const ofInterception = (
  evidence: Evidence,
  windows: readonly WindowRecord[],
  attempt: AttemptRecord,
  route: string | null,
  seen: readonly WitnessRecord[],
  read: InterceptorRecord | null,
  twinHolds: TwinHolds,
): Conclusion => {
  if (read !== null) return admitted;
  const window = windows.find(
    ({ form, startMs, endMs }) =>
      form === attempt.form && attempt.sentMs >= startMs + settleMs && attempt.sentMs <= endMs,
  );
  if (window === undefined) return indeterminate('sent while the hop was not yet, or no longer, taken over');
  const fault = faultOfWindow(window, evidence.interceptor.get(window.window));
  if (fault !== null) return indeterminate(fault);
  const arrived = cameOver(evidence, window.hop, route, seen);
  if (arrived.some(({ atMs }) => atMs >= window.startMs && atMs <= window.endMs)) return admitted;
  if (arrived.length > 0) return indeterminate('it waited until the hop was given back, and met the true callee');
  if (attempt.status !== null && attempt.status < 300) {
    return indeterminate('it was answered, though neither the interceptor nor the callee saw it');
  }
  const nothing = whyNothingShown(attempt) ?? whyNotPutToTheTest(evidence, window, attempt, seen);
  if (nothing !== null) return indeterminate(nothing);
  return refusedIf(twinHolds(attempt, window));
};

const refusedIf = (twinFault: string | null): Conclusion =>
  twinFault === null ? { verdict: 'refused', reason: null } : indeterminate(twinFault);

const readFromTraffic = (evidence: Evidence, attack: AttackRecord, window: WindowRecord): Judged[] => {
  const known = new Set((evidence.attempts.get(attack.id) ?? []).map(({ seq }) => seq));
  const requests = new Map<string, InterceptorRecord>();
  for (const [i, record] of (evidence.interceptor.get(window.window) ?? []).entries()) {
    if (record.event !== 'clear' || (record.kind === 'attack' && record.seq !== null && known.has(record.seq)))
      continue;
    // The same request may be logged more than once; one without an identity counts by itself.
    const key = record.seq === null ? `line ${i}` : `${record.kind} ${record.seq}`;
    if (!requests.has(key)) requests.set(key, record);
  }
  return [...requests.values()].map((read) => ({
    ...noComparison,
    ...admitted,
    form: window.form,
    atMs: read.atMs,
    cluster: `window ${window.window}`,
    attempt: null,
    read,
  }));
};
