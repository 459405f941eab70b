import type { Rung } from '../../../declare/plan/index.ts';
import { HoldfastError } from '../../../model/index.ts';
import type { MatrixTrim } from '../../../../reports/matrix/index.ts';
import { durationText } from './duration.ts';
import { estimateMs } from './estimate.ts';
import type { Seen } from './estimate.ts';
import { trim } from './trim.ts';

/** What is run on a stack. `rung`: null where it is left out; `trimmed`: null where it is what was asked for; `takesMs`: estimated. */
export type Choice = { readonly rung: Rung | null; readonly trimmed: MatrixTrim | null; readonly takesMs: number };

/** A night as it goes on. Times are milliseconds of one monotonic clock. */
export type Night = {
  readonly budgetMs: number;
  /** The time that has gone by. */
  readonly spentMs: () => number;
  /** What each of so many stacks would be given now, the next one first. */
  readonly choose: (stacks: number) => readonly Choice[];
  /** A run came to its end: the later ones are estimated by it. */
  readonly saw: (run: Seen) => void;
};

const named = ({ plan: { id, bounds } }: Rung): MatrixTrim['asked'] => ({ plan: id, ...bounds });

/**
 * Begins a night: `ladder` is the plan and its lighter ones. Throws `usage` where the budget is too small for one run of the lightest,
 * and says the least.
 */
export const openNight = (budgetMs: number, ladder: readonly [Rung, ...Rung[]], now: () => number): Night => {
  const [asked] = ladder;
  const began = now();
  const seen: Seen[] = [];
  const costs = (): [number, ...number[]] => {
    const of = ({ plannedMs }: Rung): number => estimateMs(plannedMs, seen);
    return [of(asked), ...ladder.slice(1).map(of)];
  };
  const lightest = ladder.at(-1)!;
  const least = costs().at(-1)!;
  if (least > budgetMs) {
    throw new HoldfastError(
      'usage',
      `expected a budget for at least one run of ${lightest.plan.id}, ${durationText(least)} with its set-up, found ${durationText(budgetMs)}`,
      { hint: `--budget ${durationText(least)}, or a plan with a lighter one` },
    );
  }
  const spentMs = (): number => now() - began;
  const choose = (stacks: number): readonly Choice[] => {
    const cost = costs();
    const leftMs = Math.max(0, budgetMs - spentMs());
    let left = leftMs;
    const chosen = trim(cost, stacks, leftMs);
    const run = chosen.filter((rung) => rung !== null).length;
    return chosen.map((at, stack) => {
      const rung = at === null ? null : ladder[at]!;
      const refused = at === null ? ladder.length - 1 : at - 1;
      const trimmed =
        at === 0
          ? null
          : {
              asked: named(asked),
              instead: rung && named(rung),
              refused: ladder[refused]!.plan.id,
              needMs: Math.round(cost[refused]!),
              leftMs: Math.round(left),
              keptMs: Math.round(at === null ? 0 : (run - stack - 1) * cost.at(-1)!),
            };
      const takesMs = at === null ? 0 : cost[at]!;
      left -= takesMs;
      return { rung, trimmed, takesMs };
    });
  };
  return { budgetMs, spentMs, choose, saw: (run) => void seen.push(run) };
};
