import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { hopsOf } from '../../declare/stack/index.ts';
import { discoverKinds } from '../../kinds/index.ts';
import type { Schedule, Stack } from '../../model/index.ts';
import { HoldfastError } from '../../model/index.ts';
import type { SigningKey } from '../../prove/index.ts';
import { differencesOf, outcomeOf } from '../../reproduce/index.ts';
import type { Bundle, Difference, Outcome, Part } from '../../reproduce/index.ts';
import { withCanaries } from '../../schedule/index.ts';
import { partOf } from '../index.ts';
import type { CommandContext } from '../index.ts';
import { performRun } from '../run/index.ts';
import type { HoldOrder } from '../run/index.ts';
import { declarePart, filesNow, renderedNow } from './declare.ts';
import { sentence } from '../../../reports/text/index.ts';

/** One run of a part, and what it showed. `folder`: null where it brought nothing back. */
export type Attempted = Omit<Outcome, 'reason'> & { readonly reason: string | null; readonly folder: string | null };

/** What is run, where its results go, and by which key they are signed. */
export type ReproduceInputs = {
  readonly bundle: Bundle;
  readonly stack: Stack;
  readonly out: string;
  readonly key: SigningKey;
};

/** Makes runs of parts of a bundle's schedule, and keeps what the last one said of its environment. */
export type Reproducer = {
  /** Runs a part once; `of`: how many runs there may be in all. Throws `interrupted` where there is nothing to show, and what makes every further run vain. */
  readonly run: (part: Part, of: number, hold?: HoldOrder) => Promise<Attempted>;
  /** What differs from the recorded environment; null before the first run that brought something back. */
  readonly differences: () => readonly Difference[] | null;
};

/** Runs in numbered folders below `out`. A stack that does not come up is unknown, not the end: the next run may fare better. */
export const reproducer = ({ bundle, stack, out, key }: ReproduceInputs, context: CommandContext): Reproducer => {
  let number = 0;
  let differences: readonly Difference[] | null = null;
  const run = async (part: Part, of: number, hold?: HoldOrder): Promise<Attempted> => {
    const folder = join(out, String((number += 1)));
    const within = of === 1 ? context : partOf(context, { name: bundle.incident.id, at: number, of });
    mkdirSync(out, { recursive: true });
    try {
      const declared = declarePart(bundle, part, stack);
      const { report } = await performRun(
        { declared, schedule: await canaried(part.schedule, stack), folder, key, hold },
        within,
      );
      differences ??= differencesOf(bundle, report, await renderedNow(bundle, stack), filesNow(bundle, stack));
      const { reason, ...outcome } = outcomeOf({ incident: bundle.incident, part }, report);
      return { ...outcome, reason: reason === null ? null : sentence(reason), folder };
    } catch (error) {
      if (!(error instanceof HoldfastError) || error.code !== 'stack-down') throw error;
      context.progress(`error: ${error.message}`);
      return { outcome: 'unknown', reason: error.message, admitted: 0, of: 0, folder: null };
    }
  };
  return { run, differences: () => differences };
};

/** Schedules of before had no canaries in them, and their runs laid them out beside. */
const canaried = async (schedule: Schedule, stack: Stack): Promise<Schedule> =>
  schedule.main.operations.some(({ canary }) => canary === true)
    ? schedule
    : { ...schedule, main: withCanaries(schedule.main, await discoverKinds(), hopsOf(stack)) };

/** Runs the part of a bundle so many times, or until it is interrupted: what there is by then is the answer. */
export const reproduceTimes = async (
  { run }: Reproducer,
  part: Part,
  times: number,
  { signal, progress }: CommandContext,
): Promise<readonly Attempted[]> => {
  const attempted: Attempted[] = [];
  while (attempted.length < times && !signal.aborted) {
    progress(`run ${attempted.length + 1} of ${times}`);
    try {
      attempted.push(await run(part, times));
    } catch (error) {
      if (!signal.aborted || attempted.length === 0) throw error;
      break;
    }
    const last = attempted.at(-1)!;
    progress(`run ${attempted.length} of ${times}: ${last.outcome}${last.reason === null ? '' : `, ${last.reason}`}`);
  }
  return attempted;
};
