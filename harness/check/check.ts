import { ask } from '../model/index.ts';
import type { AttackRecord, AttackReport, HistoryRecord, Incident, Kinds, Reason, Tally } from '../model/index.ts';
import { emptyTally, reportAttack, tally, whyNotRun } from './attack.ts';
import { disturbedOf } from './blind.ts';
import { gather } from './gather.ts';
import type { Gathered } from './gather.ts';
import { incidentOf, incidentsOf } from './incident.ts';
import { judge, unknownEvidence } from './judge.ts';
import type { Judged } from './judge.ts';
import { failed, otherwise } from './otherwise.ts';
import { expectReasons } from './reasons.ts';

/** What the check of one attack concludes, and what it rests on. */
export type Finding = {
  readonly attack: AttackReport;
  readonly incidents: readonly Incident[];
  /** Every attempt with its verdict; none where the attack has no attempts. */
  readonly judged: readonly Judged[];
  /** Attempts that were decided otherwise than the policy says, as a waiver of it explains: they are not among `judged`. */
  readonly waived: readonly Judged[];
};

/** Judges every attack that the plan requires from a history. Pure. Throws `bad-run` where the history does not fit together. */
export const check = (records: readonly HistoryRecord[], kinds: Kinds): Finding[] =>
  findings(gather(records, kinds), kinds);

/** The same from a gathered history. A check that throws is unknown with its cause, never a pass. */
export const findings = (view: Gathered, kinds: Kinds): Finding[] =>
  view.run.attacks.map((attack) => {
    try {
      return withReasons(finding(view, attack, kinds), (blocked) => nothing(view, attack, kinds, blocked));
    } catch (error) {
      return nothing(view, attack, kinds, failed(error));
    }
  });

/** A finding whose reasons a report can hold. Where they are none: unknown, but for an admission, which stands without them. */
const withReasons = (found: Finding, nothing: (blocked: Reason) => Finding): Finding =>
  otherwise(
    () => {
      expectReasons(found.attack);
      return found;
    },
    (error) =>
      found.attack.verdict === 'fail'
        ? { ...found, attack: { ...found.attack, indeterminateReasons: [] } }
        : nothing(failed(error)),
  );

/** An attack of which nothing is known, and why. */
const nothing = (view: Gathered, attack: AttackRecord, kinds: Kinds, blocked: Reason): Finding => ({
  attack: withoutAttempts(attack, emptyTally(attack, view.phases), kinds, blocked),
  incidents: [],
  judged: [],
  waived: [],
});

const withoutAttempts = (attack: AttackRecord, counts: Tally, kinds: Kinds, blocked: Reason | null): AttackReport =>
  reportAttack(attack, counts, { kinds, blocked, disturbed: [], tried: 'otherwise', all: counts });

/** The check that judges an attack without attempts: older histories name it by its vantage. */
const checkOf = ({ check: named, vantage }: AttackRecord): string | undefined => named ?? vantage;

const finding = (view: Gathered, attack: AttackRecord, kinds: Kinds): Finding => {
  const notRun = whyNotRun(view, attack);
  const named = checkOf(attack);
  if (named !== undefined) {
    if (notRun !== null) return nothing(view, attack, kinds, notRun);
    const own = kinds.checks.get(named);
    if (own === undefined) throw new Error(`expected a check of harness/kinds/observers, found "${named}"`);
    const asked = <T>(name: string, answer: () => T): T => ask('check', named, name, answer);
    const blocked = otherwise(() => asked('whyNothing', () => own.whyNothing(view, attack)), failed);
    const counts = asked('tally', () => own.tally(view, attack));
    return {
      attack: withoutAttempts(attack, counts, kinds, blocked),
      incidents: otherwise(
        () => asked('incidents', () => own.incidents(view, attack)).map((facts) => incidentOf(view, attack, facts)),
        () => [],
      ),
      judged: [],
      waived: [],
    };
  }
  const { judged: all, fault } = judge(view, attack, kinds);
  // What a waiver explains neither holds nor breaks the claim.
  const judged = all.filter(({ waivers }) => waivers.length === 0);
  const blocked =
    notRun ?? unknownEvidence(attack, kinds) ?? fault ?? otherwise(() => whyNothing(view, attack, kinds), failed);
  const windowed = view.operations.some((operation) => operation.attack === attack.id);
  return {
    attack: reportAttack(attack, tally(attack, judged, view.phases), {
      kinds,
      blocked,
      disturbed: disturbedOf(attack, judged, view.phases),
      tried: windowed ? 'as-there-is-room' : 'all',
      all: tally(attack, all, view.phases),
    }),
    // An admission is a fact, even where what it looks like cannot be said.
    incidents: otherwise(
      () => incidentsOf(view, attack, judged, kinds),
      () => [],
    ),
    judged,
    waived: all.filter(({ waivers }) => waivers.length > 0),
  };
};

/** What an action says of an attack that needs it: that it never acted, or not so that it was seen. */
const whyNothing = (view: Gathered, attack: AttackRecord, { actions }: Kinds): Reason | null => {
  for (const { id, whyNothing: own } of actions.values()) {
    const why = own === undefined ? null : ask('action', id, 'whyNothing', () => own(view, attack));
    if (why !== null) return why;
  }
  return null;
};
