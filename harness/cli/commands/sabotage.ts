import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { discoverSabotages } from '../../declare/discover/index.ts';
import type { Sabotage } from '../../declare/discover/index.ts';
import { selects } from '../../declare/plan/index.ts';
import { discoverStacks } from '../../declare/stack/index.ts';
import { ensureEngine } from '../../execute/engine/index.ts';
import { HoldfastError } from '../../model/index.ts';
import { loadSigningKey } from '../../prove/index.ts';
import { textOrJson } from '../format.ts';
import { describeError, exitOf, partOf, printable, worstExit } from '../index.ts';
import type { CommandContext, CommandModule, ExitCode } from '../index.ts';
import {
  asksForSeveral,
  chooseSabotages,
  collect,
  describeSabotages,
  measureSabotages,
  sabotageFile,
  summariseSabotages,
} from '../run/index.ts';
import type { MeasuredStack, SabotageResults } from '../run/index.ts';
import { defaultStack } from '../default-stack.ts';

type Options = {
  readonly stack?: readonly string[];
  readonly only?: string;
  readonly seed: string;
  readonly key?: string;
  readonly format: 'text' | 'json';
};

/** `holdfast sabotage`: proves that the attacks notice what they are there for, and nothing else. */
export const command: CommandModule = {
  name: 'sabotage',
  summary: 'weakens a stack in one way at a time, and shows that the attacks notice: caught, missed, false alarms',
  examples: [
    'npx holdfast sabotage',
    "npx holdfast sabotage --only 'any-*'",
    "npx holdfast sabotage --stack 'haproxy-*' --only 'haproxy-*'",
    'npx holdfast sabotage --stack all --format json',
  ],
  register: (command, context) => {
    command
      .option('--stack <id>', "stack to weaken; 'all', a glob or several of these: one after another", collect)
      .option('--only <glob>', 'only the sabotages whose id matches; the sound stack is run all the same')
      .option('--seed <seed>', 'seed of the schedules', 'sabotage')
      .option('--key <file>', 'signing key, as for run')
      .option('--format <format>', 'text or json', textOrJson, 'text')
      .action(async (options: Options): Promise<ExitCode> => {
        const wanted = options.stack ?? [defaultStack];
        const chosen = chooseSabotages(wanted, discoverStacks(), discoverSabotages(), (sabotage) =>
          options.only === undefined ? true : selects([options.only], { id: sabotage.id, name: sabotage.id }),
        );
        await ensureEngine(context.progress, context.signal);
        if (asksForSeveral(wanted)) return several(chosen, options, context);
        const [[stack, sabotages] = ['', []]] = chosen;
        const results = await measure(stack, sabotages, options, context);
        context.stdout.write(
          options.format === 'json' ? `${JSON.stringify(results, null, 2)}\n` : describeSabotages(results),
        );
        return exitOfResults(results);
      });
  },
};

const measure = async (
  stack: string,
  sabotages: readonly Sabotage[],
  { seed, key, only }: Options,
  context: CommandContext,
): Promise<SabotageResults> => {
  const results = await measureSabotages({ stack, sabotages, seed, key: loadSigningKey({ file: key }) }, context);
  // What was narrowed down is no measurement of the whole, so it is not stored as one.
  if (only === undefined) {
    mkdirSync(dirname(sabotageFile(stack)), { recursive: true });
    writeFileSync(sabotageFile(stack), `${JSON.stringify(results, null, 2)}\n`);
  }
  return results;
};

/** Stack after stack; one that fails is a row, and the others go on. After an interruption the rest were not measured. */
const several = async (
  chosen: ReadonlyMap<string, readonly Sabotage[]>,
  options: Options,
  context: CommandContext,
): Promise<ExitCode> => {
  const rows: MeasuredStack[] = [];
  const exits: ExitCode[] = [];
  for (const [at, [stack, sabotages]] of [...chosen].entries()) {
    const named = {
      ...partOf(context, { name: stack, at: at + 1, of: chosen.size }),
      progress: (line: string): void => context.progress(`${stack}: ${line}`),
    };
    try {
      context.signal.throwIfAborted();
      named.progress(
        `${at + 1} of ${chosen.size}, ${sabotages.length === 1 ? '1 sabotage' : `${sabotages.length} sabotages`}`,
      );
      const results = await measure(stack, sabotages, options, named);
      rows.push({ stack, results });
      exits.push(exitOfResults(results));
    } catch (error) {
      rows.push({ stack, error: error instanceof HoldfastError ? error.message : String(error) });
      exits.push(exitOf(error));
      if (!context.signal.aborted) context.stderr.write(describeError(error));
    }
  }
  const text = (): string =>
    [
      ...rows.flatMap((row) => ('results' in row ? [describeSabotages(row.results), '\n'] : [])),
      summariseSabotages(rows),
    ].join('');
  context.stdout.write(options.format === 'json' ? `${JSON.stringify(rows, null, 2)}\n` : printable(text()));
  return worstExit(exits);
};

const exitOfResults = ({ falseAlarms, sabotages }: SabotageResults): ExitCode =>
  falseAlarms.length === 0 && sabotages.every(({ caught }) => caught) ? 0 : 1;
