import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { discoverProducts, logOf, projectRoot } from '../../declare/discover/index.ts';
import type { Declared } from '../../declare/run/index.ts';
import { executeRun, newRunId } from '../../execute/run/index.ts';
import { discoverKinds } from '../../kinds/index.ts';
import type { Held } from '../../execute/run/index.ts';
import { HoldfastError } from '../../model/index.ts';
import type { HistoryRecord, Report, Schedule } from '../../model/index.ts';
import type { SigningKey } from '../../prove/index.ts';
import { collect } from '../../record/collect/index.ts';
import { serialise } from '../../schedule/index.ts';
import type { CommandContext, Progress } from '../index.ts';
import { recordMade } from './bundles.ts';
import type { Made } from './bundles.ts';
import { discardRunFolder, finishRun, makeRunFolder } from './finish.ts';
import { readSabotageSummary } from './sabotage-summary.ts';

/** A run that was performed: where it is, and what it says. */
export type Performed = { readonly folder: string; readonly report: Report };

/**
 * Executes a declared run and finishes its folder. `folder`: null for `reports/runs/<run id>`. An interrupted run is finished
 * too, marked partial. Throws what stops a run before it has anything to show; no folder is left behind then.
 */
export const performRun = async (wanted: Wanted, context: CommandContext): Promise<Performed> => {
  try {
    return await perform(wanted, context);
  } finally {
    context.live?.done();
  }
};

/** Told where everything is, when the run is over and its stack was left standing. */
export type HoldOrder = (held: Held) => void;

type Wanted = {
  declared: Declared;
  schedule: Schedule;
  folder: string | null;
  key: SigningKey;
  hold?: HoldOrder | undefined;
};

const perform = async (
  { declared, schedule, folder, key, hold }: Wanted,
  { signal, progress, live }: CommandContext,
): Promise<Performed> => {
  const run = newRunId(new Date());
  const sabotage = readSabotageSummary(declared);
  const out = folder ?? join(projectRoot, 'reports/runs', run);
  makeRunFolder(out);
  const kinds = await discoverKinds();
  const log = logOf(await discoverProducts(), declared.stack);
  const collected: HistoryRecord[] = [];
  let made: Made | null = null;
  const tell: Progress = (line) => {
    live?.note(line);
    progress(line);
  };
  try {
    await executeRun({
      run,
      declared,
      schedule,
      kinds,
      log,
      sabotage,
      repo: projectRoot,
      signal,
      progress: tell,
      hold,
      onLive: live && ((state) => live.show(state, progress)),
      collect: (raw) => {
        for (const record of collect(raw, kinds)) collected.push(record);
      },
      onRendered: (files) => {
        made = recordMade(out, schedule, files);
        writeFileSync(join(out, 'schedule.json'), serialise(schedule));
      },
    });
    if (collected.length === 0)
      throw new HoldfastError('internal', 'expected the run to bring something back, got none');
  } catch (error) {
    if (collected.length === 0) discardRunFolder(out);
    else {
      // What was brought back is not lost because taking down failed.
      await finishRun(out, collected, kinds, key, made);
      progress(`report: ${out}/report.html (the run was over before this error)`);
    }
    throw error;
  }
  tell('check, score, prove, report');
  return { folder: out, report: await finishRun(out, collected, kinds, key, made) };
};
