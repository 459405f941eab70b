import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { stringify } from 'yaml';
import { HoldfastError } from '../../model/index.ts';
import type { Plan } from '../../model/index.ts';
import { outcomeOf, regressName, regressPlan } from '../../reproduce/index.ts';
import type { Bundle } from '../../reproduce/index.ts';
import type { CommandContext } from '../index.ts';
import { declareAndSchedule, performRun } from '../run/index.ts';
import { renderedNow } from './declare.ts';
import type { ReproduceInputs } from './reproduce.ts';
import { sentence } from '../../../reports/text/index.ts';

/** A plan to commit as a regression test. */
export type ConfirmedPlan = {
  /** Null where no plan can say it. */
  readonly file: string | null;
  /** The overlay with the configuration that fails; null where that is the stack's own. */
  readonly overlay: string | null;
  /** Did a run of it find the incident? */
  readonly confirmed: boolean;
  /** Why it was not confirmed; null where it was. */
  readonly reason: string | null;
  readonly runs: number;
  readonly command: string | null;
};

/**
 * Writes a small plan for the part of a bundle, with an overlay where the configuration is not the stack's own, and runs it: first
 * with the routes that it needs, then with all of the recorded plan. What was not seen to find the incident says so.
 */
export const confirmPlan = async (
  { bundle, stack, out, key }: ReproduceInputs,
  budget: number,
  context: CommandContext,
): Promise<ConfirmedPlan> => {
  const none = (reason: string): ConfirmedPlan => ({
    file: null,
    overlay: null,
    confirmed: false,
    reason,
    runs: 0,
    command: null,
  });
  const overlay = writeOverlay(
    bundle,
    await renderedNow({ ...bundle, overlay: [] }, stack),
    join(out, `${regressName(bundle)}-overlay`),
  );
  if (typeof overlay === 'string') return none(overlay);
  const file = join(out, `${regressName(bundle)}.yaml`);
  const command = `npx holdfast run ${file}${overlay.folder === null ? '' : ` --overlay ${overlay.folder}`}`;
  let [runs, reason] = [0, 'the budget of runs was used up'];
  for (const routes of ['needed', 'all'] as const) {
    if (runs >= budget || context.signal.aborted) break;
    const plan = regressPlan(bundle, bundle.part, routes);
    if (typeof plan === 'string') return none(plan);
    writeFileSync(file, planText(withTrace(plan, out), overlay.folder));
    context.progress(`plan: ${command}`);
    try {
      const ready = await declareAndSchedule({
        plan: file,
        overlay: overlay.folder ?? undefined,
        seed: randomBytes(8).toString('hex'),
      });
      runs += 1;
      const { report } = await performRun({ ...ready, folder: join(out, `plan-${runs}`), key }, context);
      const { outcome, reason: why } = outcomeOf(bundle, report);
      if (outcome === 'reproduced')
        return { file, overlay: overlay.folder, confirmed: true, reason: null, runs, command };
      reason = why !== null ? sentence(why) : `the incident is not in the report of ${join(out, `plan-${runs}`)}`;
    } catch (error) {
      if (!(error instanceof HoldfastError)) throw error;
      reason = error.message;
    }
    context.progress(`plan: not confirmed, ${reason}`);
  }
  return { file, overlay: overlay.folder, confirmed: false, reason, runs, command };
};

/** A trace that was a file of its own would not be found from the new plan: it gets an even one beside it. */
const withTrace = (plan: Plan, folder: string): Plan => {
  if (!/[/\\]/.test(plan.trace)) return plan;
  const trace = `${plan.id}.csv`;
  const seconds = Array.from({ length: evenSeconds }, (_, second) => `${second},1\n`);
  writeFileSync(join(folder, trace), `# An even load, for a regression test.\nsecond,requests\n${seconds.join('')}`);
  return {
    ...plan,
    trace: `./${trace}`,
    phases: plan.phases.map((phase) => ({ ...phase, trace: { fromS: 0, toS: evenSeconds } })),
  };
};

const evenSeconds = 60;

/** The plan as a person would write it. */
const planText = (plan: Plan, overlay: string | null): string =>
  `# npx holdfast run ${plan.id}.yaml${overlay === null ? '' : ` --overlay ${basename(overlay)}`}\n${stringify(plan, { lineWidth: 120 })}`;

/**
 * An overlay that makes of what this version renders what was recorded: a unified diff for each file. Gives null for its folder where
 * nothing differs, and in words why there can be none.
 */
const writeOverlay = (
  { configuration }: Bundle,
  rendered: ReadonlyMap<string, string> | string,
  folder: string,
): { readonly folder: string | null } | string => {
  if (typeof rendered === 'string') return `this version renders no configuration: ${rendered}`;
  const files = new Set([...Object.keys(configuration), ...rendered.keys()]);
  const alien = [...files].find((file) => configuration[file] === undefined || !rendered.has(file));
  if (alien !== undefined) return `an overlay cannot add or remove files, and ${alien} is only in one of the two`;
  const changed = [...files].filter((file) => configuration[file] !== rendered.get(file)).toSorted();
  rmSync(folder, { recursive: true, force: true });
  for (const file of changed) {
    const target = join(folder, `${file}.diff`);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(
      target,
      createTwoFilesPatch(`a/${file}`, `b/${file}`, rendered.get(file)!, configuration[file]!, undefined, undefined, {
        context: 3,
      }),
    );
  }
  return { folder: changed.length === 0 ? null : folder };
};
