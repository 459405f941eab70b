import { interval95 } from '../../reproduce/index.ts';
import type { Bundle, Difference } from '../../reproduce/index.ts';
import type { ExitCode } from '../index.ts';
import type { Attempted } from './reproduce.ts';

/** What a reproduction says, as data: the form of `--format json`. */
export type Answer = {
  readonly incident: string;
  readonly stack: string;
  readonly run: string;
  readonly reproduced: number;
  readonly runs: number;
  /** Two-sided 95% Clopper–Pearson interval of the probability; null without a run that shows anything. */
  readonly interval95: readonly [low: number, high: number] | null;
  /** Over all runs: attempts of its kind that broke the claim, and all of them. */
  readonly admitted: number;
  readonly of: number;
  readonly outcomes: readonly Attempted[];
  /** Null where no run brought anything back. */
  readonly differences: readonly Difference[] | null;
};

/** The answer of some runs. A run that shows nothing is not counted, and is among the outcomes. */
export const answerOf = (
  { incident, stack, run }: Bundle,
  outcomes: readonly Attempted[],
  differences: readonly Difference[] | null,
): Answer => {
  const counted = outcomes.filter(({ outcome }) => outcome !== 'unknown');
  const reproduced = counted.filter(({ outcome }) => outcome === 'reproduced').length;
  return {
    incident: incident.id,
    stack: stack.id,
    run: run.run,
    reproduced,
    runs: counted.length,
    interval95: interval95(reproduced, counted.length),
    admitted: counted.reduce((sum, one) => sum + one.admitted, 0),
    of: counted.reduce((sum, one) => sum + one.of, 0),
    outcomes,
    differences,
  };
};

/** 1 reproduced, for something is broken; 0 in no run; 2 where a run that shows nothing leaves it open, or there was none. */
export const exitOfAnswer = ({ reproduced, runs, outcomes }: Answer): ExitCode =>
  reproduced > 0 ? 1 : runs > 0 && runs === outcomes.length ? 0 : 2;

const percent = (share: number): string => `${Number((share * 100).toFixed(1))}%`;

/** An interval of a probability in words. */
export const intervalText = (interval: readonly [low: number, high: number] | null): string =>
  interval === null ? '' : `95% interval ${percent(interval[0])} to ${percent(interval[1])}`;

/** The answer for a terminal. */
export const answerText = (answer: Answer): string => {
  const { incident, stack, run, reproduced, runs, admitted, of, outcomes, differences } = answer;
  const unknown = outcomes.filter(({ outcome }) => outcome === 'unknown');
  const counts = `${intervalText(answer.interval95)}; attempts admitted ${admitted} of ${of}`;
  const head =
    runs === 0
      ? 'no run showed anything'
      : reproduced > 0
        ? `reproduced in ${reproduced} of ${runs} runs (${counts})`
        : `not reproduced in ${runs} ${runs === 1 ? 'run' : 'runs'} (${counts})`;
  return [
    `${incident} of ${run} on ${stack}: ${head}`,
    ...unknown.map(({ reason }) => `unknown: ${reason}`),
    ...differencesText(differences),
    ...outcomes.flatMap(({ folder }) => (folder === null ? [] : [`run: ${folder}`])),
    '',
  ].join('\n');
};

const differencesText = (differences: readonly Difference[] | null): readonly string[] => {
  if (differences === null) return [];
  if (differences.length === 0) return ['the environment is as it was recorded'];
  return [
    'what differs from the recorded environment:',
    ...differences.map(({ what, recorded, now }) => `  ${what}: ${recorded ?? 'none'} → ${now ?? 'none'}`),
  ];
};
