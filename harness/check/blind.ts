import { reason } from '../model/index.ts';
import type { AttackRecord, Counts, PhaseRecord, Reason, Tally } from '../model/index.ts';
import type { Judged } from './judge.ts';
import { phaseAt } from './phases.ts';

/** An attempt that says nothing, for what the harness did to the stack: where it belongs, and what was done. */
export type Disturbed = {
  readonly phase: string;
  readonly variant: string;
  readonly target: string;
  readonly action: string;
};

/** The attempts that a disturbance leaves open. */
export const disturbedOf = (
  attack: AttackRecord,
  judged: readonly Judged[],
  phases: readonly PhaseRecord[],
): readonly Disturbed[] =>
  judged.flatMap(({ reason: why, form, atMs }): Disturbed[] => {
    if (why?.code !== 'disturbed') return [];
    const { variant = '', target = '' } = attack.forms[form] ?? {};
    return [{ phase: phaseAt(phases, atMs)?.id ?? '', variant, target, action: why.data.action }];
  });

/** Attempts of which none is determinate: so many, and it was no accident. A corpus has few of each kind. */
const fewestTries = { ordinary: 5, corpus: 3 } as const;

/** A part of an attack: its counts, those of its attempts that a disturbance leaves open, and the codes that name it. */
type Part = {
  readonly counts: Counts;
  readonly disturbed: readonly Disturbed[];
  readonly blind: (attempts: number) => Reason;
  readonly open: (attempts: number, action: string) => Reason;
};

/** The parts of an attack that its other attempts must not stand for: its phases, then its forms. */
const partsOf = ({ phases, variants }: Tally, disturbed: readonly Disturbed[]): readonly Part[] => [
  ...Object.entries(phases).map(([phase, counts]): Part => ({
    counts,
    disturbed: disturbed.filter((one) => one.phase === phase),
    blind: (attempts) => reason('blind-phase', { phase, attempts }),
    open: (attempts, action) => reason('phase-disturbed', { phase, attempts, action }),
  })),
  ...variants.map(({ variant, target, ...counts }): Part => ({
    counts,
    disturbed: disturbed.filter((one) => one.variant === variant && one.target === target),
    blind: (attempts) => reason('blind-form', { variant, target, attempts }),
    open: (attempts, action) => reason('form-disturbed', { variant, target, attempts, action }),
  })),
];

const isBlind = ({ corpus }: AttackRecord, { counts, disturbed }: Part): boolean =>
  counts.indeterminate === counts.attempts &&
  counts.attempts - disturbed.length >= (corpus === true ? fewestTries.corpus : fewestTries.ordinary);

/**
 * A phase or a form of which the attempts show nothing; the many of the others must not stand for it. Those that a disturbance leaves
 * open are not held against it. Null where there is none.
 */
export const blindSpot = (attack: AttackRecord, counts: Tally, disturbed: readonly Disturbed[]): Reason | null => {
  const part = partsOf(counts, disturbed).find((one) => isBlind(attack, one));
  return part === undefined ? null : part.blind(part.counts.attempts);
};

/** The phases and forms of which nothing was shown, and that are no blind spot for a disturbance: the verdict does not speak of them. */
export const notShown = (attack: AttackRecord, counts: Tally, disturbed: readonly Disturbed[]): readonly Reason[] =>
  partsOf(counts, disturbed).flatMap((part) => {
    const first = part.disturbed[0];
    const silent = part.counts.indeterminate === part.counts.attempts && !isBlind(attack, part);
    return first === undefined || !silent ? [] : [part.open(part.counts.attempts, first.action)];
  });
