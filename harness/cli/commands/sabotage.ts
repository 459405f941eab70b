import { rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { discoverSabotages, projectRoot } from '../../declare/discover/index.ts';
import type { Sabotage } from '../../declare/discover/index.ts';
import { selects } from '../../declare/plan/index.ts';
import { ensureEngine } from '../../execute/engine/index.ts';
import { HoldfastError } from '../../model/index.ts';
import type { Report } from '../../model/index.ts';
import { loadSigningKey } from '../../prove/index.ts';
import type { SigningKey } from '../../prove/index.ts';
import { textOrJson } from '../format.ts';
import type { CommandContext, CommandModule } from '../index.ts';
import { declareAndSchedule, performRun, sabotageDigest, sabotageFile } from '../run/index.ts';
import type { SabotageResults } from '../run/index.ts';

type Options = {
  readonly stack: string;
  readonly only?: string;
  readonly seed: string;
  readonly key?: string;
  readonly format: 'text' | 'json';
};
type Row = SabotageResults['sabotages'][number];

/** `holdfast sabotage`: proves that the attacks notice what they are there for, and nothing else. */
export const command: CommandModule = {
  name: 'sabotage',
  summary: 'weakens the stack in one way at a time, and shows that the attacks notice: caught, missed, false alarms',
  examples: ['npx holdfast sabotage', "npx holdfast sabotage --only 'any-*'", 'npx holdfast sabotage --format json'],
  register: (command, context) => {
    command
      .option('--stack <id>', 'stack to weaken', 'envoy-envoy')
      .option('--only <glob>', 'only the sabotages whose id matches; the sound stack is run all the same')
      .option('--seed <seed>', 'seed of the schedules', 'sabotage')
      .option('--key <file>', 'signing key, as for run')
      .option('--format <format>', 'text or json', textOrJson, 'text')
      .action(async (options: Options) => {
        const all = discoverSabotages().filter(({ stacks }) => stacks.includes(options.stack));
        const chosen = all.filter(({ id }) => options.only === undefined || selects([options.only], { id, name: id }));
        if (chosen.length === 0) {
          throw new HoldfastError(
            'usage',
            `expected a sabotage of ${options.stack} to match, found none for "${options.only ?? '*'}"`,
            {
              hint: all.length === 0 ? 'see: npx holdfast stacks' : `there is: ${all.map(({ id }) => id).join(', ')}`,
            },
          );
        }
        const results = await measure(chosen, options, context);
        // What was narrowed down is no measurement of the whole, so it is not stored as one.
        if (options.only === undefined) {
          mkdirSync(dirname(sabotageFile(options.stack)), { recursive: true });
          writeFileSync(sabotageFile(options.stack), `${JSON.stringify(results, null, 2)}\n`);
        }
        context.stdout.write(options.format === 'json' ? `${JSON.stringify(results, null, 2)}\n` : describe(results));
        return results.falseAlarms.length === 0 && results.sabotages.every(({ caught }) => caught) ? 0 : 1;
      });
  },
};

const measure = async (
  chosen: readonly Sabotage[],
  options: Options,
  context: CommandContext,
): Promise<SabotageResults> => {
  const { progress, signal } = context;
  const { stack, seed } = options;
  // What runs from here on was read by now; a file that changes meanwhile makes the result void, not a result of the change.
  const digest = sabotageDigest(stack);
  const key = loadSigningKey({ file: options.key });
  const noticing = [...new Set(chosen.flatMap(({ caughtBy }) => caughtBy))];
  const windows = await intercepting(stack);
  const plan = (ids: readonly string[]): string =>
    ids.some((id) => windows.has(id)) ? 'sabotage-interception' : 'sabotage';
  await ensureEngine(progress, signal);
  const sound = await one('sound', { plan: plan(noticing), stack, seed, only: noticing, key }, context);
  const falseAlarms = sound.attacks
    .filter(({ id, verdict }) => noticing.includes(id) && verdict !== 'pass')
    .map(({ id, reason }) => `${id}: ${reason}`);
  progress(`sound stack: ${falseAlarms.length} false alarms`);
  const sabotages: Row[] = [];
  for (const [i, sabotage] of chosen.entries()) {
    progress(`[${i + 1}/${chosen.length}] ${sabotage.id}: ${sabotage.title}`);
    const report = await one(
      sabotage.id,
      { plan: plan(sabotage.caughtBy), stack, seed, only: sabotage.caughtBy, key, overlay: sabotage.overlay },
      context,
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

/** One run of a sabotage plan, kept under reports/sabotage/<stack>/<name>, replacing the one before. */
const one = async (
  name: string,
  wanted: { plan: string; stack: string; seed: string; only: readonly string[]; key: SigningKey; overlay?: string },
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

const describe = ({ stack, falseAlarms, sabotages }: SabotageResults): string => {
  const width = Math.max(...sabotages.map(({ id }) => id.length));
  const caught = sabotages.filter((row) => row.caught).length;
  return [
    ...sabotages.map((row) =>
      row.caught
        ? `caught  ${row.id.padEnd(width)}  by ${row.caughtBy.join(', ')}`
        : `MISSED  ${row.id.padEnd(width)}  not noticed by ${row.missedBy.join(', ')} (verdict ${row.verdict})`,
    ),
    ...falseAlarms.map((alarm) => `FALSE ALARM on the sound stack: ${alarm}`),
    `${stack}: ${caught} of ${sabotages.length} caught, ${falseAlarms.length} false alarms`,
    '',
  ].join('\n');
};
