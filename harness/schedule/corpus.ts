import { canonical } from '../model/index.ts';
import type { AttemptSlot, Form, PhaseSlot } from '../model/index.ts';
import { slotOf } from './attempts.ts';
import type { OpenForm } from './attempts.ts';
import type { Random } from './random.ts';
import { shuffle } from './random.ts';
import { freeOf, stratify } from './time.ts';
import type { Interval } from './time.ts';

/** At both ends of a segment an attempt would lack a twin on one side, and a request of a corpus is sent but once. */
const clearMs = 1000;

const cellOf = ({ variant, target }: Form): string => `${variant} ${target}`;

/** Items by their cell, in the order in which the cells first occur. */
const byCell = (forms: readonly Form[]): ReadonlyMap<string, readonly number[]> => {
  const cells = new Map<string, number[]>();
  forms.forEach((form, i) => {
    const cell = cells.get(cellOf(form));
    if (cell === undefined) cells.set(cellOf(form), [i]);
    else cell.push(i);
  });
  return cells;
};

/**
 * Draws forms from a corpus: one of each variant at each target, whatever that comes to, and then in turn from all of them until
 * there are `count`, or none is left. They keep the order of the corpus.
 */
export const drawCorpus = (forms: readonly Form[], count: number, random: Random): readonly Form[] => {
  const cells = shuffle(
    [...byCell(forms).values()].map((cell) => shuffle(cell, random)),
    random,
  );
  const drawn: number[] = [];
  for (let round = 0; drawn.length < forms.length && (round === 0 || drawn.length < count); round++) {
    for (const cell of cells) {
      const index = cell[round];
      if (index !== undefined && (round === 0 || drawn.length < count)) drawn.push(index);
    }
  }
  return drawn.toSorted((a, b) => a - b).map((index) => forms[index]!);
};

/**
 * The attempts of a corpus: its forms one after another in a random order, begun again where there are more attempts than forms, each
 * phase getting its count of them, evenly over its free time. So every form is sent at least once in all, not once in each phase.
 */
export const spreadCorpus = (
  attack: number,
  forms: readonly OpenForm[],
  phases: readonly PhaseSlot[],
  counts: readonly number[],
  random: Random,
): readonly AttemptSlot[] => {
  const deck = shuffle(forms, random);
  const [from, to] = [phases[0]!.startMs, phases.at(-1)!.endMs];
  const edges: readonly Interval[] =
    to - from > 6 * clearMs
      ? [
          [from, from + clearMs],
          [to - clearMs, to],
        ]
      : [];
  let next = 0;
  return phases.flatMap((phase, p) => {
    const dealt = Array.from({ length: counts[p]! }, () => deck[next++ % deck.length]!);
    const groups = new Map<string, OpenForm[]>();
    for (const open of dealt) {
      const key = canonical(open.blocked);
      groups.set(key, [...(groups.get(key) ?? []), open]);
    }
    return [...groups.values()].flatMap((group) => {
      const times = stratify(freeOf(phase, [...group[0]!.blocked, ...edges]), group.length, random);
      return times.map((at, i) => slotOf(at, attack, group[i]!.index, group[i]!.form, random));
    });
  });
};
