import { reason } from '../model/index.ts';
import type { AttackRecord, ControlVerdict, Counts, PhaseRecord, Reason, Tally } from '../model/index.ts';
import type { Judged } from './judge.ts';
import { phaseAt, rampPhase } from './phases.ts';

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
  readonly form?: { readonly variant: string; readonly target: string };
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
    form: { variant, target },
    disturbed: disturbed.filter((one) => one.variant === variant && one.target === target),
    blind: (attempts) => reason('blind-form', { variant, target, attempts }),
    open: (attempts, action) => reason('form-disturbed', { variant, target, attempts, action }),
  })),
];

const isSilent = ({ counts }: Part): boolean => counts.indeterminate === counts.attempts;

const isBlind = ({ corpus }: AttackRecord, part: Part): boolean =>
  isSilent(part) &&
  part.counts.attempts - part.disturbed.length >= (corpus === true ? fewestTries.corpus : fewestTries.ordinary);

/**
 * How many of an attack's forms and phases are tried: all of them, where its attempts are laid over them; of those that need a window, as
 * many as the plan has room for; `otherwise` where a check judges it that has none.
 */
export type Tried = 'all' | 'as-there-is-room' | 'otherwise';

/** `all`: the counts with those of the attempts that a waiver explains, which were tried as well. */
export type About = { readonly disturbed: readonly Disturbed[]; readonly tried: Tried; readonly all: Tally };

/** The phases of the plan in which nothing was tried. The ramp is none of them: it measures the stack. */
const untriedPhases = ({ attempts, phases }: Tally): readonly Reason[] => {
  const names = Object.keys(phases).filter((phase) => phase !== rampPhase && phases[phase]!.attempts === 0);
  return attempts === 0 || names.length === 0 ? [] : [reason('phases-not-tried', { phases: names })];
};

/** The forms of which nothing was tried. */
const untriedForms = ({ attempts, variants }: Tally): readonly Reason[] => {
  const forms = variants.filter((form) => form.attempts === 0).map(({ variant, target }) => ({ variant, target }));
  return attempts === 0 || forms.length === 0 ? [] : [reason('forms-not-tried', { forms, of: variants.length })];
};

/**
 * A phase or a form of which the attempts show nothing, or that has none where it should; the many of the others must not stand for it.
 * Those that a disturbance leaves open are not held against it. Null where there is none.
 */
export const blindSpot = (attack: AttackRecord, counts: Tally, { disturbed, tried, all }: About): Reason | null => {
  const part = partsOf(counts, disturbed).find((one) => isBlind(attack, one));
  if (part !== undefined) return part.blind(part.counts.attempts);
  return tried === 'all' ? ([...untriedPhases(all), ...untriedForms(all)][0] ?? null) : null;
};

/**
 * The phases and forms of which nothing was shown, and that are no blind spot: for a disturbance, for too few attempts to call it no
 * accident, or because the plan has no room for them. A pass does not speak of them; other verdicts name only those that were disturbed.
 */
export const notShown = (
  attack: AttackRecord,
  counts: Tally,
  { disturbed, tried, all }: About,
  verdict: ControlVerdict,
): readonly Reason[] => {
  const silent = partsOf(counts, disturbed).filter(
    (part) => part.counts.attempts > 0 && isSilent(part) && !isBlind(attack, part),
  );
  const open = silent.flatMap((part) => {
    const first = part.disturbed[0];
    return first === undefined ? [] : [part.open(part.counts.attempts, first.action)];
  });
  if (verdict !== 'pass') return open;
  const others = silent.filter((part) => part.disturbed.length === 0);
  const forms = others.flatMap(({ form }) => form ?? []);
  return [
    ...open,
    ...others.flatMap((part) => (part.form === undefined ? [part.blind(part.counts.attempts)] : [])),
    ...(forms.length === 0 ? [] : [reason('forms-not-shown', { forms, of: counts.variants.length })]),
    // The forms that there was no room for are told by their counts.
    ...(tried === 'as-there-is-room' ? untriedPhases(all) : []),
  ];
};
