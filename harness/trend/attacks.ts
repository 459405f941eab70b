import { brokeOf } from '../model/index.ts';
import type { ControlVerdict } from '../model/index.ts';
import type { Night } from './night.ts';

/** One attack over the nights of a group. */
export type AttackRow = {
  readonly id: string;
  readonly title: string;
  readonly control: string;
  readonly critical: boolean;
  /** One letter for each night: `p` pass, `f` fail, `u` unknown, `-` not in that night's plan. */
  readonly verdicts: string;
  /** Nights with the attack, and those on which it failed. */
  readonly nights: number;
  readonly failed: number;
  /** How often the verdict turned between pass and fail; what was unknown in between turns nothing. */
  readonly turns: number;
  /** The last night on which it failed, as its place among the nights; null where it never did. */
  readonly lastFailed: number | null;
  /** Attempts over all nights, and those that broke the claim. */
  readonly attempts: number;
  readonly broke: number;
  /** The bound that the newest night with the attack showed; null where it showed none. */
  readonly newestBound: number | null;
};

const letters: Readonly<Record<ControlVerdict, string>> = { pass: 'p', fail: 'f', unknown: 'u' };

const rowOf = (id: string, nights: readonly Night[]): AttackRow => {
  const seen = nights.map(({ attacks }) => attacks.find((attack) => attack.id === id));
  const present = seen.filter((attack) => attack !== undefined);
  const newest = present.at(-1);
  const verdicts = seen.map((attack) => (attack === undefined ? '-' : letters[attack.verdict])).join('');
  const sure = verdicts.replaceAll(/[^pf]/g, '');
  const last = verdicts.lastIndexOf('f');
  const sum = (of: (attack: (typeof present)[number]) => number): number =>
    present.reduce((total, attack) => total + of(attack), 0);
  return {
    id,
    title: newest?.title ?? id,
    control: newest?.control ?? '',
    critical: newest?.critical ?? false,
    verdicts,
    nights: present.length,
    failed: [...verdicts].filter((letter) => letter === 'f').length,
    turns: [...sure].filter((letter, at) => at > 0 && letter !== sure[at - 1]).length,
    lastFailed: last === -1 ? null : last,
    attempts: sum(({ attempts }) => attempts),
    broke: sum(brokeOf),
    newestBound: newest?.bound95 ?? null,
  };
};

/** Every attack of any night, in the order in which the newest nights list them. */
export const attackRows = (nights: readonly Night[]): readonly AttackRow[] => {
  const ids = [...new Set(nights.toReversed().flatMap(({ attacks }) => attacks.map(({ id }) => id)))];
  return ids.map((id) => rowOf(id, nights));
};
