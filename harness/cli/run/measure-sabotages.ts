import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { discoverAttackMetas, projectRoot } from '../../declare/discover/index.ts';
import type { Sabotage } from '../../declare/discover/index.ts';
import type { DeclareOptions } from '../../declare/run/index.ts';
import { needsOf } from '../../model/index.ts';
import type { Report } from '../../model/index.ts';
import type { SigningKey } from '../../prove/index.ts';
import { partOf } from '../index.ts';
import type { CommandContext } from '../index.ts';
import { declareAndSchedule } from './declare.ts';
import { performRun } from './perform.ts';
import { sabotageDigest } from './sabotage-summary.ts';
import type { SabotageResults } from './sabotage-summary.ts';

export type MeasureOptions = {
  readonly stack: string;
  /** The sabotages to put in, one at a time; each is one of the stack. */
  readonly sabotages: readonly Sabotage[];
  readonly seed: string;
  readonly key: SigningKey;
};

/**
 * Runs the sound stack and then each of its weakened forms, and says what the attacks noticed. The runs are kept under
 * reports/sabotage/<stack>/. Throws where a run fails or is interrupted: half a measurement is none.
 */
export const measureSabotages = async (
  { stack, sabotages: chosen, seed, key }: MeasureOptions,
  context: CommandContext,
): Promise<SabotageResults> => {
  const { progress } = context;
  // What runs from here on was read by now; a file that changes meanwhile makes the result void, not a result of the change.
  const digest = sabotageDigest(stack);
  const noticing = [...new Set(chosen.flatMap(({ caughtBy }) => caughtBy))];
  const windows = await intercepting(stack);
  const reloading = needingReloads();
  const plan = (ids: readonly string[]): string => {
    if (ids.some((id) => reloading.has(id))) return 'reload';
    return ids.some((id) => windows.has(id)) ? 'sabotage-interception' : 'sabotage';
  };
  const falseAlarms: string[] = [];
  const sounds = (
    [
      ['sound', noticing.filter((id) => !reloading.has(id))],
      ['sound-reloaded', noticing.filter((id) => reloading.has(id))],
    ] as const
  ).filter(([, only]) => only.length > 0);
  const of = sounds.length + chosen.length;
  for (const [i, [name, only]] of sounds.entries()) {
    const sound = await one(
      name,
      { plan: plan(only), stack, seed, only, key },
      partOf(context, { name, at: i + 1, of }),
    );
    const alarms = sound.attacks.filter(({ id, verdict }) => only.includes(id) && verdict !== 'pass');
    falseAlarms.push(...alarms.map(({ id, reason }) => `${id}: ${reason}`));
  }
  progress(`sound stack: ${falseAlarms.length} false alarms`);
  const sabotages: SabotageResults['sabotages'] = [];
  for (const [i, sabotage] of chosen.entries()) {
    progress(`[${i + 1}/${chosen.length}] ${sabotage.id}: ${sabotage.title}`);
    const report = await one(
      sabotage.id,
      {
        plan: plan(sabotage.caughtBy),
        stack,
        seed,
        only: sabotage.caughtBy,
        key,
        overlay: sabotage.overlay ?? undefined,
        byHand: sabotage.byHand ?? undefined,
      },
      partOf(context, { name: sabotage.id, at: sounds.length + i + 1, of }),
    );
    const caughtBy = report.attacks.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
    const missedBy = sabotage.caughtBy.filter((id) => !caughtBy.includes(id));
    sabotages.push({ id: sabotage.id, caught: missedBy.length === 0, caughtBy, missedBy, verdict: report.verdict });
    progress(
      `  ${missedBy.length === 0 ? 'caught' : 'MISSED'} by ${(missedBy.length === 0 ? caughtBy : missedBy).join(', ')}`,
    );
  }
  return { stack, measuredAt: new Date().toISOString(), digest, falseAlarms, sabotages };
};

/** Ids of the attacks that take a hop over: they need a plan with room for a window of each of their forms. */
const intercepting = async (stack: string): Promise<ReadonlySet<string>> => {
  const { schedule } = await declareAndSchedule({ plan: 'sabotage', stack, seed: 'none' });
  const taking = schedule.attacks.filter(({ forms }) => forms.some(({ interception }) => interception !== undefined));
  return new Set(taking.map(({ id }) => id));
};

/** Ids of the attacks that show nothing but while the edge is reloaded: a sabotage that they catch is put to no other attack. */
const needingReloads = (): ReadonlySet<string> => {
  const all = [...discoverAttackMetas(projectRoot).values()];
  return new Set(all.filter(({ meta }) => needsOf(meta).includes('reload-phase')).map(({ meta }) => meta.id));
};

/** One run of a sabotage plan, kept under reports/sabotage/<stack>/<name>, replacing the one before. */
const one = async (
  name: string,
  wanted: Pick<DeclareOptions, 'overlay' | 'byHand'> & {
    plan: string;
    stack: string;
    seed: string;
    only: readonly string[];
    key: SigningKey;
  },
  context: CommandContext,
): Promise<Report> => {
  const { declared, schedule } = await declareAndSchedule({
    ...wanted,
    only: wanted.only.length === 1 ? wanted.only[0] : `{${wanted.only.join(',')}}`,
  });
  const folder = join(projectRoot, 'reports/sabotage', wanted.stack, name);
  rmSync(folder, { recursive: true, force: true });
  const quiet = { ...context, progress: () => undefined };
  const { report } = await performRun({ declared, schedule, folder, key: wanted.key }, quiet);
  // An interrupted run did not get as far as to notice: that is no miss, and no measurement.
  context.signal.throwIfAborted();
  return report;
};
