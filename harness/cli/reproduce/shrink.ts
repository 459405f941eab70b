import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { interval95, lengthOf, requestsIn, serialiseBundle, shrink } from '../../reproduce/index.ts';
import type { Bundle, Difference, Part, TrialOutcome } from '../../reproduce/index.ts';
import type { CommandContext } from '../index.ts';
import { reproducer } from './reproduce.ts';
import type { ReproduceInputs, Reproducer } from './reproduce.ts';
import { confirmPlan } from './plan.ts';
import type { ConfirmedPlan } from './plan.ts';

/** What shrinking came to, as data: the form of `--format json`. */
export type ShrinkResult = {
  readonly incident: string;
  readonly stack: string;
  /** Runs that were made in all, and those of them that showed nothing. */
  readonly runs: number;
  readonly unknown: number;
  readonly stopped: boolean;
  /** The smallest that was seen to fail; null where not even the whole part was. */
  readonly smallest: Smallest | null;
  readonly plan: ConfirmedPlan | null;
  /** The one command that shows it again. */
  readonly command: string | null;
  readonly differences: readonly Difference[] | null;
};

/** The smallest part, beside what the run's phases held. */
export type Smallest = {
  /** The file of its bundle. */
  readonly bundle: string;
  readonly attacks: readonly { readonly id: string; readonly forms: readonly string[] }[];
  readonly originalAttacks: number;
  readonly lengthMs: number;
  readonly requests: number;
  readonly originalRequests: number;
  readonly shareOfRequests: number;
  /** Of the runs that confirmed it, apart from those by which it was found. */
  readonly reproduced: number;
  readonly runs: number;
  readonly interval95: readonly [low: number, high: number] | null;
};

/** Runs that are kept for the plan: each way of writing it is tried once. */
const forPlan = 2;

/** Makes the incident of a bundle smaller within a budget of runs, confirms the smallest, and writes and confirms a plan for it. */
export const shrinkBundle = async (
  inputs: ReproduceInputs,
  budget: number,
  context: CommandContext,
): Promise<ShrinkResult> => {
  const { bundle, out } = inputs;
  const { incident, part } = bundle;
  const runs = reproducer(inputs, context);
  let unknown = 0;
  const {
    smallest,
    confirmed,
    runs: made,
    stopped,
  } = await shrink({
    part,
    attack: incident.attack,
    cutStart: !part.fixedStart,
    budget: budget - forPlan,
    trial: async (candidate) => {
      const outcome = await trial(runs, candidate, budget, context);
      if (outcome === 'unknown') unknown += 1;
      return outcome;
    },
    say: context.progress,
  });
  const found = { incident: incident.id, stack: bundle.stack.id, unknown, differences: runs.differences() };
  if (smallest === null) return { ...found, runs: made, stopped, smallest: null, plan: null, command: null };
  const file = join(out, 'smallest.json');
  const small: Bundle = { ...bundle, part: smallest };
  writeFileSync(file, serialiseBundle(small));
  const plan = stopped
    ? null
    : await confirmPlan({ ...inputs, bundle: small }, Math.min(forPlan, budget - made), context);
  return {
    ...found,
    runs: made + (plan?.runs ?? 0),
    stopped: stopped || context.signal.aborted,
    smallest: smallestOf(file, part, smallest, confirmed),
    plan,
    command: `npx holdfast reproduce ${file}`,
  };
};

const outcomes: Readonly<Record<string, TrialOutcome>> = { reproduced: 'shown', 'not-reproduced': 'absent' };

/** An interrupted run says nothing of the candidate, but what it admitted is a fact. */
const trial = async (
  { run }: Reproducer,
  part: Part,
  budget: number,
  { signal }: CommandContext,
): Promise<TrialOutcome> => {
  if (signal.aborted) return 'stopped';
  try {
    const { outcome } = await run(part, budget);
    const said = outcomes[outcome] ?? 'unknown';
    return signal.aborted && said !== 'shown' ? 'stopped' : said;
  } catch (error) {
    if (signal.aborted) return 'stopped';
    throw error;
  }
};

const smallestOf = (
  file: string,
  { original }: Part,
  { schedule }: Part,
  { shown, runs }: { readonly shown: number; readonly runs: number },
): Smallest => {
  const requests = requestsIn(schedule.main);
  return {
    bundle: file,
    attacks: schedule.attacks.map(({ id, forms }) => ({
      id,
      forms: [...new Set(forms.map(({ variant, target }) => `${variant} at ${target}`))],
    })),
    originalAttacks: original.attacks,
    lengthMs: Math.round(lengthOf(schedule.main)),
    requests,
    originalRequests: original.requests,
    shareOfRequests: original.requests === 0 ? 1 : Number((requests / original.requests).toPrecision(3)),
    reproduced: shown,
    runs,
    interval95: interval95(shown, runs),
  };
};
