import { errorWord, namesMember, reachedOnlyThrough, reason } from '../../../model/index.ts';
import type {
  AttemptRecord,
  Conclusion,
  Decision,
  DecisionReport,
  FormRecord,
  Link,
  Reason,
  Sighting,
  View,
  Waiver,
} from '../../../model/index.ts';
import { visible, whyDeaf } from '../../../check/index.ts';
import { waiversOf } from '../../../policy/decide/index.ts';
import { indeterminate, seenOf } from './conclusions.ts';
import { edgeDid, loggedAtEdge } from './edge-log.ts';
import { whyLate, whyNobodyRefused, whySilenceSaysNothing } from './silence.ts';

/** A request beside the policy: where the two part, if they do, and what of the policy's waivers explains it. */
type Comparison = {
  /** `undecided`: it came as far as `at`, and what became of it there has to be concluded from its answer and its twin. */
  readonly outcome: 'as-decided' | 'admitted' | 'undecided';
  readonly expected: 'allow' | 'deny';
  readonly decisions: readonly DecisionReport[];
  /** The decisions of which one was made otherwise; more than one where it is not known which. */
  readonly at: readonly Decision[];
};

/** Who calls at each decision: said where it is not the member before it. Null for the first. */
const callersOf = (decisions: readonly Decision[]): readonly (string | null)[] =>
  decisions.map(({ from }, i) => from ?? decisions[i - 1]?.at ?? null);

/**
 * Which enforcers a request passed: the witness behind one, or any that is reached through it alone, has seen it; the first was passed
 * by whatever was seen. Where several callers lead to one service, the journal says which of them it came from.
 */
const passedOf = (
  links: readonly Link[],
  decisions: readonly Decision[],
  entries: readonly Sighting[],
  first: boolean,
): readonly boolean[] => {
  const callers = callersOf(decisions);
  const passed: boolean[] = [];
  decisions.forEach(({ at }, i) => {
    if (i === 0) return passed.push(first);
    const behind = reachedOnlyThrough(links, at);
    if (!entries.some(({ service }) => behind.has(service))) return passed.push(false);
    const alone = decisions.filter((decision) => decision.at === at).length === 1;
    const peers = entries.filter(({ service, peer }) => service === at && peer !== null).map(({ peer }) => peer);
    const cameThere = decisions.some((decision, k) => decision.at === callers[i] && passed[k] === true);
    return passed.push(alone || (peers.length > 0 ? peers.some((peer) => namesMember(peer, callers[i]!)) : cameThere));
  });
  return passed;
};

/**
 * Compares what every enforcer did to a request with what the policy says: as the witnesses saw it and, of the edge, as its own log
 * has it, since the first sidecar may turn away what the edge let in.
 */
export const compare = (
  view: View,
  { decisions = [] }: FormRecord,
  seq: number,
  entries: readonly Sighting[],
): Comparison => {
  const seen = new Set(entries.map(({ service }) => service));
  const atEdge = decisions[0]?.at === 'edge';
  const logged = atEdge ? edgeDid(view, seq) : null;
  const got = passedOf(view.run.stack.hops, decisions, entries, seen.size > 0 || logged === 'allow');
  const callers = callersOf(decisions);
  /** Was an enforcer asked at all: did the request come to the one who calls there? */
  const asked = decisions.map((_, i) => i === 0 || decisions.some(({ at }, k) => at === callers[i] && got[k] === true));
  const reported = decisions.map(({ at, enforcer, allow, by }, i): DecisionReport => ({
    at,
    enforcer,
    policy: allow ? 'allow' : 'deny',
    by,
    did: got[i] === true ? 'allow' : asked[i] === true ? 'deny' : 'not asked',
  }));
  // Where the log does not say, the edge and the first sidecar are one: what either of them denies is not seen.
  const first = decisions.slice(0, atEdge && logged === null ? 2 : 1);
  const expected = first.length > 0 && first.every(({ allow }) => allow) ? 'allow' : 'deny';
  const about = { decisions: reported, expected } as const;
  // Beside a call that was denied as it must be, one that nobody saw may never have been made: the answer is that of the other.
  const denied = decisions.some(({ allow }, i) => i > 0 && !allow && asked[i] === true && got[i] !== true);
  const isSibling = (i: number): boolean => denied && callers.filter((caller) => caller === callers[i]).length > 1;
  // What came further than the policy lets it is an admission, whatever else was not seen.
  const beyond = decisions.find(({ allow }, i) => !allow && got[i] === true);
  const parted = decisions.findIndex(
    ({ allow }, i) => allow !== (got[i] === true) && !(allow && i > 0 && (isSibling(i) || asked[i] !== true)),
  );
  const own = beyond ?? decisions[parted];
  const silent = seen.size === 0 && logged !== 'allow';
  if (own === undefined || (silent && expected === 'deny')) {
    // Where nothing was seen, the silence itself has to be accounted for.
    return { ...about, outcome: silent ? 'undecided' : 'as-decided', at: [] };
  }
  if (!own.allow) return { ...about, outcome: 'admitted', at: [own] };
  const next = own.at === 'edge' && logged === null ? decisions[parted + 1] : undefined;
  return { ...about, outcome: 'undecided', at: next === undefined ? [own] : [own, next] };
};

/** Answers that say nothing of a decision: too slow, too many, too early. */
const noDecision: ReadonlySet<number> = new Set([408, 425, 429]);

/**
 * What the answer says of a request that the policy allows further than it was seen. `withheld`: it was turned away. `ended`: a
 * service answered it, and had no need to pass it on. Null: neither is sure.
 */
export const whatAnswerSays = (
  view: View,
  { vantage }: FormRecord,
  { seq, status, error }: AttemptRecord,
  entries: readonly Sighting[],
): 'withheld' | 'ended' | null => {
  if (status === null) {
    const word = errorWord(error)?.is;
    if (word === 'alert') return 'withheld';
    return word === 'cut' && (vantage !== 'outside' || loggedAtEdge(view, seq) !== undefined) ? 'withheld' : null;
  }
  if (status >= 500 || noDecision.has(status)) return null;
  // Past the first service a workload may answer itself; before it nobody may.
  return entries.length > 0 && (status < 400 || status === 404) ? 'ended' : 'withheld';
};

/** The waivers that explain a difference on the day of the run; none where nothing does. */
const explanations = ({ run }: View, at: readonly Decision[]): readonly Waiver[] =>
  at.map((decision) => waiversOf(run.policy, decision, run.startedAt.slice(0, 10))).find(({ length }) => length > 0) ??
  [];

/**
 * Why a request that was not seen where the policy denies it was not denied there for all that; null where it was. What the edge let
 * pass as it may, the sidecar behind it can have turned away; not so what was answered with success.
 */
const whyNotDenied = (view: View, attempt: AttemptRecord, decisions: readonly DecisionReport[]): Reason | null => {
  if (!decisions.some(({ policy, did }) => policy === 'deny' && did !== 'allow')) return null;
  const deaf = whyDeaf(view, attempt.dueMs);
  if (deaf !== null) return deaf;
  const nobody = whyNobodyRefused(view, attempt);
  return nobody?.code === 'let-pass-unseen' ? null : nobody;
};

/** A request that is compared with the policy: each witness has seen it where the policy allows it, and only there. */
export const ofComparison = (view: View, attempt: AttemptRecord, form: FormRecord): Conclusion => {
  const seen = seenOf(view, attempt);
  const { outcome, expected, decisions, at } = compare(view, form, attempt.seq, seen);
  const concluded = (conclusion: Conclusion): Conclusion => ({ ...conclusion, decisions });
  const held = concluded({ verdict: expected === 'allow' ? 'served' : 'refused', reason: null });
  const differs = (verdict: 'admitted' | 'withheld'): Conclusion =>
    concluded({ verdict, reason: null, waivers: explanations(view, at) });
  if (outcome === 'admitted') return differs('admitted');
  const open = whyNotDenied(view, attempt, decisions);
  if (outcome === 'as-decided') return open === null ? held : concluded(indeterminate(open));
  const says = at.length === 0 ? null : whatAnswerSays(view, form, attempt, seen);
  if (says === 'ended') return held;
  const nothing = whyLate(attempt) ?? whySilenceSaysNothing(view, form, attempt, 'journal') ?? open;
  if (nothing !== null) return concluded(indeterminate(nothing));
  if (at.length > 0 && says === null) return concluded(indeterminate(reason('answer-does-not-say')));
  const fault = view.twinFault(attempt);
  if (fault !== null) return concluded(indeterminate(fault));
  return at.length > 0 ? differs('withheld') : held;
};

/** What the edge itself logged of an attempt. */
export const loggedBy = (view: View, { seq }: AttemptRecord): readonly string[] => {
  const entry = loggedAtEdge(view, seq);
  return entry === undefined ? [] : [`the edge logged ${entry.status} ${visible(entry.reason)}`.trimEnd()];
};
