import type { AttemptSlot, Form, PhaseSlot } from '../model/index.ts';
import type { Interval } from './time.ts';
import { freeOf, stratify } from './time.ts';
import { opening } from './windows.ts';
import type { WindowSlot } from './windows.ts';
import type { Random } from './random.ts';

/** Every phase gets at least this share of an attack's attempts: a posture may break at rest as well. */
const leastShare = 0.1;

/** How many attempts fall to each phase: by its length, at least a tenth, and every form at least once. */
export const sharesOf = (phases: readonly PhaseSlot[], attempts: number, forms: number): readonly number[] => {
  const total = phases.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  const weights = phases.map(({ startMs, endMs }) => Math.max(leastShare, (endMs - startMs) / total));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => Math.max(Math.ceil((attempts * weight) / sum), forms));
};

/** A form with its place in the attack, and the stretches in which it must not be tried. */
export type OpenForm = { readonly index: number; readonly form: Form; readonly blocked: readonly Interval[] };

/**
 * The attempts of the forms that need no window: over the forms evenly, each form spread evenly with jitter over the free time of each phase.
 * Where windows leave a form no time in a phase, its attempts of that phase fall away: the margin covers few.
 */
export const spreadAttempts = (
  attack: number,
  forms: readonly OpenForm[],
  phases: readonly PhaseSlot[],
  counts: readonly number[],
  random: Random,
): readonly AttemptSlot[] => {
  let turn = Math.floor(random() * forms.length);
  return phases.flatMap((phase, p) => {
    const perForm = forms.map(() => Math.floor(counts[p]! / forms.length));
    for (let extra = counts[p]! % forms.length; extra > 0; extra--) perForm[turn++ % forms.length]!++;
    return forms.flatMap(({ index, form, blocked }, f) =>
      stratify(freeOf(phase, blocked), perForm[f]!, random).map((at) => slotOf(at, attack, index, form, random)),
    );
  });
};

/** The attempts of an interception: evenly within its windows, once the hop is taken. */
export const windowAttempts = (
  windows: readonly WindowSlot[],
  attempts: number,
  formOf: (window: WindowSlot) => Form,
  random: Random,
): readonly AttemptSlot[] =>
  windows.flatMap((window) => {
    const open: Interval = [window.startMs + opening.afterStartMs, window.endMs - opening.beforeEndMs];
    return stratify([open], Math.ceil(attempts / windows.length), random).map((at) =>
      slotOf(at, window.attack, window.form, formOf(window), random),
    );
  });

/** An attempt at a time: on a connection of its own by the form's share of them. */
export const slotOf = (at: number, attack: number, index: number, form: Form, random: Random): AttemptSlot => [
  at,
  attack,
  index,
  random() < form.send.freshShare ? 1 : 0,
];

/** Order of attempts: by time, then by attack and form, so that equal times have one order. */
export const byTime = (a: AttemptSlot, b: AttemptSlot): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
