import { reason } from '../model/index.ts';
import type { AttackReport, Reason, Score } from '../model/index.ts';
import { table } from './table.ts';

/** What a score rests on: the attacks that the plan requires and the stack does not exclude, and doubts about the whole run. */
export type Scored = {
  readonly attacks: readonly Pick<AttackReport, 'id' | 'control' | 'critical' | 'verdict' | 'reason'>[];
  /** Why the instrument was not fit. */
  readonly instrument: readonly Reason[];
  /** Why the run as a whole shows nothing. */
  readonly run: readonly Reason[];
};

type Cap = { readonly letter: Score['letter']; readonly value: number; readonly reason: Reason };

/**
 * The score of a run, 0 to 100 in whole points, rounded down, and its letter. Only a pass earns; fail and unknown earn nothing.
 * Monotone: losing evidence never raises it.
 */
export const score = (scored: Scored): Score => {
  const caps = capsOf(scored);
  const value = Math.min(earned(scored.attacks), ...caps.map((cap) => cap.value));
  return {
    value,
    letter: table.letters.find(([, least]) => value >= least)?.[0] ?? 'F',
    caps: caps.map(({ letter, reason }) => ({ letter, reason })),
    table: table.version,
  };
};

const earned = (attacks: Scored['attacks']): number => {
  let [sum, weights] = [0, 0];
  for (const [control, weight] of Object.entries(table.controls)) {
    let [passed, all] = [0, 0];
    for (const attack of attacks) {
      if (attack.control !== control) continue;
      const worth = attack.critical ? table.attacks.critical : table.attacks.standard;
      all += worth;
      if (attack.verdict === 'pass') passed += worth;
    }
    if (all === 0) continue;
    sum += (weight * passed) / all;
    weights += weight;
  }
  // The small addend keeps 100% from becoming 99 by the last bit of a division.
  return weights === 0 ? 0 : Math.floor((100 * sum) / weights + 1e-9);
};

const capsOf = ({ attacks, instrument, run }: Scored): Cap[] => {
  const doubts = [...instrument, ...run].map((doubt): Cap => ({ ...table.caps.nothingShown, reason: doubt }));
  const ofAttacks = attacks
    .filter(({ verdict }) => verdict !== 'pass')
    .map(({ id, critical, verdict, reason: why }): Cap => ({
      ...(critical ? table.caps.critical : table.caps.standard),
      reason: reason('attack-caps', { attack: id, critical, verdict, reason: why }),
    }));
  // The hardest first: a reader looks for the one that decides.
  return [...doubts, ...ofAttacks].toSorted((a, b) => a.value - b.value);
};
