import type { Part } from './bundle.ts';
import { lengthOf, requestsIn } from './cut.ts';
import { narrow } from './narrow.ts';
import type { Cut } from './narrow.ts';
import { reduce } from './reduce.ts';

/** What came of one run of a part. `stopped`: the user asked to stop; such a run is not counted. */
export type TrialOutcome = 'shown' | 'absent' | 'unknown' | 'stopped';

export type ShrinkInputs = {
  readonly part: Part;
  /** The incident's own attack, by id. */
  readonly attack: string;
  /** May the beginning be cut off? Not where a change by hand belongs to it. */
  readonly cutStart: boolean;
  /** Runs that may be made in all: to make it smaller, and with what is left to confirm the smallest. */
  readonly budget: number;
  /** Runs a part once. */
  readonly trial: (part: Part) => Promise<TrialOutcome>;
  /** Says what is tried and what came of it. */
  readonly say: (line: string) => void;
};

export type Shrunk = {
  /** The smallest part that was seen to fail; null where not even the whole was. */
  readonly smallest: Part | null;
  /** The runs that confirmed it, apart from those by which it was found: those were chosen for their outcome. */
  readonly confirmed: { readonly shown: number; readonly runs: number };
  /** All runs that were made. */
  readonly runs: number;
  readonly stopped: boolean;
};

/** How often a candidate that does not fail is tried: twice, and three times where one was seen to fail by chance. */
const tries = { sure: 2, chancy: 3 } as const;
/** Runs that are kept for confirming, and how many are enough. */
const confirming = { least: 3, most: 10 } as const;
/** One that fails in none of so many further runs was found by chance: the one before it takes its place. */
const patience = 3;

const words: Readonly<Record<TrialOutcome, string>> = {
  shown: 'the incident is there',
  absent: 'the incident is not there',
  unknown: 'the run shows nothing',
  stopped: 'stopped',
};

/** A part in words: its attacks, its length and its requests. Pure. */
export const describePart = ({ schedule }: Part): string => {
  const { attacks, main } = schedule;
  const ids = attacks.map(({ id, forms }) => `${id} (${forms.length === 1 ? '1 form' : `${forms.length} forms`})`);
  return `${ids.join(', ')}; ${(lengthOf(main) / 1000).toFixed(1)} s, ${requestsIn(main)} requests`;
};

/**
 * Makes a part smaller while the incident still comes, and confirms the smallest by further runs. What it ends with was seen to
 * fail. Pure but for `trial` and `say`.
 */
export const shrink = async ({ part, attack, cutStart, budget, trial, say }: ShrinkInputs): Promise<Shrunk> => {
  const adopted: Part[] = [];
  let [runs, stopped, most] = [0, false, tries.sure as number];
  const run = async (name: string, candidate: Part): Promise<TrialOutcome> => {
    say(`${name}: ${describePart(candidate)}`);
    const outcome = await trial(candidate);
    say(`${name}: ${words[outcome]}`);
    if (outcome === 'stopped') stopped = true;
    else runs += 1;
    return outcome;
  };

  await reduce(part, attack, cutStart, async (cut: Cut) => {
    const candidate = narrow(part, attack, cut);
    // What is as small already need not be tried again.
    const last = adopted.at(-1);
    if (last !== undefined && JSON.stringify(last.schedule.main) === JSON.stringify(candidate.schedule.main))
      return true;
    for (let turn = 1; turn <= most; turn += 1) {
      if (stopped || runs >= budget - confirming.least) return null;
      if ((await run(`try ${runs + 1}`, candidate)) !== 'shown') continue;
      if (turn > 1) most = tries.chancy;
      adopted.push(candidate);
      return true;
    }
    return stopped ? null : false;
  });

  let confirmed = { shown: 0, runs: 0 };
  const left = budget - runs;
  for (let made = 0; made < left && confirmed.runs < confirming.most && adopted.length > 0 && !stopped; made += 1) {
    const outcome = await run(`confirm ${confirmed.runs + 1}`, adopted.at(-1)!);
    if (outcome === 'stopped') break;
    confirmed = { shown: confirmed.shown + (outcome === 'shown' ? 1 : 0), runs: confirmed.runs + 1 };
    if (confirmed.shown === 0 && confirmed.runs >= patience && adopted.length > 1) {
      say('it was found by chance: back to the one before it');
      adopted.pop();
      confirmed = { shown: 0, runs: 0 };
    }
  }
  return { smallest: adopted.at(-1) ?? null, confirmed, runs, stopped };
};
