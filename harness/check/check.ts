import type { AttackRecord, AttackReport, HistoryRecord, Incident } from '../model/index.ts';
import { emptyTally, reportAttack, tally, whyNotRun } from './attack.ts';
import { judge } from './attempt.ts';
import type { Judged } from './attempt.ts';
import { gather } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import { incidentsOf, incidentsOfTap } from './incident.ts';
import { faultOfTap, isTap, tallyTap } from './tap.ts';
import { whyNoReload } from './reloads.ts';
import { twinsOf } from './twins.ts';
import type { TwinHolds } from './twins.ts';

/** What the check of one attack concludes, and what it rests on. */
export type Finding = {
  readonly attack: AttackReport;
  readonly incidents: readonly Incident[];
  /** Every attempt with its verdict; none for the tap. */
  readonly judged: readonly Judged[];
  /** Attempts that were decided otherwise than the policy says, as a waiver of it explains: they are not among `judged`. */
  readonly waived: readonly Judged[];
};

/** Judges every attack that the plan requires from a history. Pure. Throws `bad-run` where the history does not fit together. */
export const check = (records: readonly HistoryRecord[]): Finding[] => findings(gather(records));

/** The same from gathered evidence. A check that throws is unknown with its cause, never a pass. */
export const findings = (evidence: Evidence): Finding[] => {
  const twins = twinsOf(evidence);
  return evidence.run.attacks.map((attack) => {
    try {
      return finding(evidence, attack, twins(attack));
    } catch (error) {
      const cause = `its check failed: ${error instanceof Error ? error.message : String(error)}`;
      return {
        attack: reportAttack(attack, emptyTally(attack, evidence.phases), cause),
        incidents: [],
        judged: [],
        waived: [],
      };
    }
  });
};

const finding = (evidence: Evidence, attack: AttackRecord, twinHolds: TwinHolds): Finding => {
  const notRun = whyNotRun(evidence, attack);
  if (isTap(attack)) {
    if (notRun !== null) {
      return {
        attack: reportAttack(attack, emptyTally(attack, evidence.phases), notRun),
        incidents: [],
        judged: [],
        waived: [],
      };
    }
    return {
      attack: reportAttack(attack, tallyTap(evidence), faultOfTap(evidence)),
      incidents: incidentsOfTap(evidence, attack),
      judged: [],
      waived: [],
    };
  }
  const all = judge(evidence, attack, twinHolds);
  // What a waiver explains neither holds nor breaks the claim.
  const judged = all.filter(({ waivers }) => waivers.length === 0);
  return {
    attack: reportAttack(attack, tally(attack, judged, evidence.phases), notRun ?? whyNoReload(evidence, attack)),
    incidents: incidentsOf(evidence, attack, judged),
    judged,
    waived: all.filter(({ waivers }) => waivers.length > 0),
  };
};
