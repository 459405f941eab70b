import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../declare/discover/index.ts';
import type { Sabotage } from '../../declare/discover/index.ts';
import type { DeclareOptions } from '../../declare/run/index.ts';
import type { Report } from '../../model/index.ts';
import type { SigningKey } from '../../prove/index.ts';
import { partOf } from '../index.ts';
import type { CommandContext } from '../index.ts';
import { declareAndSchedule } from './declare.ts';
import { performRun } from './perform.ts';
import { sabotageDigest } from './sabotage-summary.ts';
import type { SabotageResults } from './sabotage-summary.ts';
import { sentence } from '../../../reports/text/index.ts';

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
  const windows = await needingActions(stack);
  const planOf = ({ plan, caughtBy }: Sabotage): string =>
    plan ?? (caughtBy.some((id) => windows.has(id)) ? 'sabotage-interception' : 'sabotage');
  const falseAlarms: string[] = [];
  const sounds = soundRuns(chosen, planOf);
  const of = sounds.length + chosen.length;
  for (const [i, { name, plan, only }] of sounds.entries()) {
    const sound = await one(name, { plan, stack, seed, only, key }, partOf(context, { name, at: i + 1, of }));
    const alarms = sound.attacks.filter(({ id, verdict }) => only.includes(id) && verdict !== 'pass');
    falseAlarms.push(...alarms.map(({ id, reason }) => `${id}: ${reason === null ? 'no reason' : sentence(reason)}`));
  }
  progress(`sound stack: ${falseAlarms.length} false alarms`);
  const sabotages: SabotageResults['sabotages'] = [];
  for (const [i, sabotage] of chosen.entries()) {
    progress(`[${i + 1}/${chosen.length}] ${sabotage.id}: ${sabotage.title}`);
    const report = await one(
      sabotage.id,
      {
        plan: planOf(sabotage),
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

/**
 * The runs of the sound stack that show false alarms: one for the plans that are for sabotages, the roomiest of them that is needed,
 * and one for each plan that a sabotage names itself; each with the attacks that must notice something there.
 */
const soundRuns = (
  chosen: readonly Sabotage[],
  planOf: (sabotage: Sabotage) => string,
): readonly { readonly name: string; readonly plan: string; readonly only: readonly string[] }[] => {
  const named = [...new Set(chosen.flatMap(({ plan }) => plan ?? []))];
  const only = (plan: string | null): string[] => [
    ...new Set(chosen.filter((one) => one.plan === plan).flatMap(({ caughtBy }) => caughtBy)),
  ];
  const plans = chosen.filter(({ plan }) => plan === null).map(planOf);
  const roomiest = plans.includes('sabotage-interception') ? 'sabotage-interception' : 'sabotage';
  return [
    ...(plans.length === 0 ? [] : [{ name: 'sound', plan: roomiest, only: only(null) }]),
    ...named.map((plan) => ({ name: `sound-${plan}`, plan, only: only(plan) })),
  ];
};

/** Ids of the attacks that are tried while an action acts: they need a plan with room for each of their forms. */
const needingActions = async (stack: string): Promise<ReadonlySet<string>> => {
  const { schedule } = await declareAndSchedule({ plan: 'sabotage', stack, seed: 'none' });
  const needing = schedule.attacks.filter(({ forms }) => forms.some(({ during }) => during !== undefined));
  return new Set(needing.map(({ id }) => id));
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
