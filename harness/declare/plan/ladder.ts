import { HoldfastError } from '../../model/index.ts';
import type { Plan } from '../../model/index.ts';
import { projectRoot } from '../discover/index.ts';
import { openPlan } from './read.ts';

/** A plan that a night may run on a stack. */
export type Rung = {
  readonly plan: Plan;
  /** What names it to `openPlan`. */
  readonly named: string;
  /** Its ramp and its phases, without what a stack takes to start and to be judged. */
  readonly plannedMs: number;
};

/** Length of the load that a plan asks for, in milliseconds: warm-up, ramp, phases. Pure. */
export const plannedMs = ({ load: { capacity }, phases }: Plan): number =>
  ('steps' in capacity ? capacity.warmUpMs + capacity.steps * capacity.stepMs : 0) +
  phases.reduce((sum, { durationMs }) => sum + durationMs, 0);

/**
 * A plan, the lighter one that it names, and so on: what a night with a budget steps down, each shorter than the one before.
 * Throws `bad-input` where one of them is not valid, or is not shorter; so no chain of them is a circle.
 */
export const openLadder = (fileOrId: string, root: string = projectRoot): readonly [Rung, ...Rung[]] => {
  const first = open(fileOrId, root);
  const rungs: [Rung, ...Rung[]] = [first];
  let last = first;
  while (last.lighterFile !== null) {
    const next = open(last.lighterFile, root);
    if (next.plannedMs >= last.plannedMs) {
      throw new HoldfastError(
        'bad-input',
        `expected a plan lighter than ${last.plan.id}, which takes ${last.plannedMs / 1000} s, found ${next.plan.id} with ${next.plannedMs / 1000} s`,
        { hint: 'name a shorter plan as lighter, or none', place: { file: last.file } },
      );
    }
    rungs.push(next);
    last = next;
  }
  return rungs;
};

type Opened = Rung & { readonly file: string; readonly lighterFile: string | null };

const open = (named: string, root: string): Opened => {
  const { plan, file, lighterFile } = openPlan(named, root);
  return { plan, named, plannedMs: plannedMs(plan), file, lighterFile };
};
