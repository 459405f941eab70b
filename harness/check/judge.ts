import { ask, reason, touching } from '../model/index.ts';
import type {
  AttackRecord,
  AttemptRecord,
  AttemptVerdict,
  Conclusion,
  DecisionReport,
  Disturbance,
  EvidenceKind,
  Kinds,
  Reason,
  ReasonCode,
  View,
  Waiver,
} from '../model/index.ts';
import { onThe, placesTried } from './disturbances.ts';
import { failed, otherwise } from './otherwise.ts';
import { expectReason } from './reasons.ts';
import { nearMs } from './twins.ts';

/** An attempt with what was concluded of it. */
export type Judged = {
  readonly verdict: AttemptVerdict;
  /** Why it is indeterminate. */
  readonly reason: Reason | null;
  readonly form: number;
  /** Intended time. */
  readonly atMs: number;
  /** The independent cluster that it belongs to. */
  readonly cluster: string;
  /** Null for an admission that was not an attempt, such as replayed traffic that an interceptor read. */
  readonly attempt: AttemptRecord | null;
  /** Its sequence number, where it has one. */
  readonly seq: number | null;
  /** What was seen of it, of an admission that was no attempt. */
  readonly beyond: { readonly attacker: string; readonly saw: readonly string[] } | null;
  /** For evidence that compares: enforcer by enforcer. */
  readonly decisions: readonly DecisionReport[];
  /** What of the policy's waivers explains that it was decided otherwise: such an attempt is listed, and not counted. */
  readonly waivers: readonly Waiver[];
};

/** Is it a request that shows by what is decided at the moment, and is not judged itself? */
export const isProbe = (attack: AttackRecord, { form }: Pick<AttemptRecord, 'form'>): boolean =>
  attack.forms[form]?.probe === true;

/** Evidence that no kind judges, by its id; undefined where there is none. It leaves its attack open, but for admissions by others. */
export const unknownEvidence = (attack: AttackRecord, { evidence }: Kinds): Reason | null => {
  const form = attack.forms.find((one) => !evidence.has(one.evidence));
  return form === undefined ? null : noSuchKind(form.evidence);
};

const noSuchKind = (id: string): Reason =>
  reason('check-failed', { message: `expected a kind of evidence of harness/kinds/evidence, found "${id}"` });

/** `fault`: why what was judged leaves the attack open all the same, but for an admission: a kind threw. */
type Judgement = { readonly judged: readonly Judged[]; readonly fault: Reason | null };

/** Judges every attempt of an attack by its kind of evidence, by time; then what was admitted and was no attempt. */
export const judge = (view: View, attack: AttackRecord, kinds: Kinds): Judgement => {
  const faults: Reason[] = [];
  const asked = <T>({ id }: EvidenceKind, name: string, answer: () => T, instead: T): T =>
    otherwise(
      () => ask('evidence', id, name, answer),
      (error) => {
        faults.push(failed(error));
        return instead;
      },
    );

  const made = (view.attempts.get(attack.id) ?? []).filter((attempt) => !isProbe(attack, attempt));
  const own = [...new Set(attack.forms.map(({ evidence }) => evidence))].flatMap((id) => kinds.evidence.get(id) ?? []);
  const clusters = new Map(
    own.flatMap((kind) =>
      asked(kind, 'clusters', () => [...(kind.clusters?.(view, attack, of(kind, attack, made)) ?? [])], []),
    ),
  );
  const excusedBy = excuses(view, attack);
  const concluded = new Map(
    made.map((attempt): [AttemptRecord, Conclusion] => {
      const conclusion = concludeOne(view, attack, attempt, kinds);
      const disturbance = excusedBy(attempt, conclusion);
      return [attempt, disturbance === undefined ? conclusion : disturbed(conclusion, disturbance)];
    }),
  );
  for (const kind of own) {
    const mine = of(kind, attack, made)
      .toSorted((a, b) => a.dueMs - b.dueMs)
      .map((attempt) => ({ attempt, conclusion: concluded.get(attempt)! }));
    for (const { attempt, conclusion } of asked(kind, 'together', () => kind.together?.(mine) ?? [], []))
      concluded.set(attempt, conclusion);
  }
  const attempts = made.map((attempt): Judged => {
    const { verdict, reason: why, decisions = [], waivers = [] } = concluded.get(attempt)!;
    const { seq, form, dueMs: atMs, connection } = attempt;
    const cluster = clusters.get(seq) ?? connection;
    return { verdict, reason: why, form, atMs, cluster, attempt, seq, beyond: null, decisions, waivers };
  });
  const judged = [
    ...attempts.toSorted((a, b) => a.atMs - b.atMs),
    ...own
      .flatMap((kind) => asked(kind, 'beyond', () => kind.beyond?.(view, attack) ?? [], []))
      .map(({ form, atMs, cluster, seq, attacker, saw }): Judged => ({
        verdict: 'admitted',
        reason: null,
        form,
        atMs,
        cluster,
        attempt: null,
        seq,
        beyond: { attacker, saw },
        decisions: [],
        waivers: [],
      })),
  ];
  return { judged, fault: faults[0] ?? null };
};

const of = (kind: EvidenceKind, attack: AttackRecord, made: readonly AttemptRecord[]): readonly AttemptRecord[] =>
  made.filter(({ form }) => attack.forms[form]?.evidence === kind.id);

const concludeOne = (view: View, attack: AttackRecord, attempt: AttemptRecord, { evidence }: Kinds): Conclusion => {
  const form = attack.forms[attempt.form]!;
  const kind = evidence.get(form.evidence);
  if (kind === undefined) return { verdict: 'indeterminate', reason: noSuchKind(form.evidence) };
  return otherwise(
    () => {
      const conclusion = ask('evidence', kind.id, 'judge', () => kind.judge(view, attempt, form, attack));
      expectReason(conclusion.reason);
      return conclusion;
    },
    (error): Conclusion => ({ verdict: 'indeterminate', reason: failed(error) }),
  );
};

const disturbed = (conclusion: Conclusion, { action, places }: Disturbance): Conclusion => ({
  ...conclusion,
  verdict: 'indeterminate',
  reason: reason('disturbed', { action, places }),
  waivers: [],
});

/** Reasons that say that somebody did not answer, or not in time, or not as usual: what a disturbed place may be the cause of. */
const ofSilence: ReadonlySet<ReasonCode> = new Set([
  'late',
  'failed-onward',
  'nothing-speaks-tls',
  'not-answered-in-time',
  'not-answered-nor-logged',
  'spoof-not-put-to-the-test',
  'answer-does-not-say',
  'no-twin',
  'twin-failed',
  'no-handshake-ended',
  'never-reached-caller',
]);

/**
 * What the harness did to the stack that may be why an attempt says nothing. It is asked of those that are indeterminate, and of those
 * that the policy allows and that were cut off without an answer: an admission is a fact, and so is a refusal while the twin holds.
 */
const excuses = (
  { run, disturbances }: View,
  attack: AttackRecord,
): ((attempt: AttemptRecord, conclusion: Conclusion) => Disturbance | undefined) => {
  const attacked = disturbances.filter((one) => one.attacked);
  if (attacked.length === 0) return () => undefined;
  const forms = attack.forms.map((form) => onThe(placesTried(run, form), attacked));
  return ({ form, dueMs, sentMs, endMs, status }, { verdict, reason: why }) => {
    if (verdict !== 'indeterminate' && !(verdict === 'withheld' && status === null)) return undefined;
    const { places, disturbances: own } = forms[form]!;
    if (why?.code === 'late') return touching(own, places, dueMs, sentMs, 'lateness');
    if (why !== null && !ofSilence.has(why.code)) return undefined;
    // A twin that there is none of near may have been due while it was disturbed.
    const reach = why?.code === 'no-twin' ? nearMs : 0;
    return touching(own, places, dueMs - reach, Math.max(endMs, dueMs + reach), 'failure');
  };
};
