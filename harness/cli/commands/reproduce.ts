import { join, resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { projectRoot } from '../../declare/discover/index.ts';
import { ensureEngine, readRecipe } from '../../execute/engine/index.ts';
import { newRunId } from '../../execute/run/index.ts';
import { HoldfastError } from '../../model/index.ts';
import { loadSigningKey } from '../../prove/index.ts';
import { partToHold } from '../../reproduce/index.ts';
import { textOrJson } from '../format.ts';
import { printable } from '../index.ts';
import type { CommandContext, CommandModule, ExitCode } from '../index.ts';
import {
  answerOf,
  answerText,
  exitOfAnswer,
  heldText,
  openBundle,
  refuseForeignCompose,
  reproduceTimes,
  reproducer,
  shrinkBundle,
  shrinkText,
  stackOfBundle,
} from '../reproduce/index.ts';
import type { ReproduceInputs } from '../reproduce/index.ts';
import { makeRunFolder } from '../run/index.ts';

type Options = {
  readonly times: number;
  readonly shrink?: boolean;
  readonly budget: number;
  readonly hold?: boolean;
  readonly trust?: boolean;
  readonly out?: string;
  readonly key?: string;
  readonly format: 'text' | 'json';
};

/** `holdfast reproduce`: an incident again, on the stack that let it happen. */
export const command: CommandModule = {
  name: 'reproduce',
  summary: 'starts the stack of an incident as it was, and replays what led to it: once, many times, or ever smaller',
  examples: [
    'npx holdfast reproduce reports/runs/RUN E1-no-token-list-edge --times 10',
    'npx holdfast reproduce bundle.json',
    'npx holdfast reproduce reports/runs/RUN E1-no --shrink --budget 30',
    'npx holdfast reproduce reports/runs/RUN E1-no --hold   # then look around, and: npx holdfast down RUN',
  ],
  register: (command, context) => {
    command
      .argument('<run>', 'folder of a run, or the bundle.json of an incident')
      .argument('[incident]', 'id of the incident, or its beginning; not needed where there is one')
      .option('--times <n>', 'how often to replay it', count(1), 1)
      .option(
        '--shrink',
        'look for the smallest part that still fails, and write a plan to commit as a regression test',
      )
      .option('--budget <n>', 'runs that --shrink may make', count(6), 30)
      .option('--hold', 'leave the stack standing after the failure, and say how to look around')
      .option('--trust', 'run a bundle whose compose file is not the one that this version makes: read it first')
      .option('--out <dir>', 'folder for the runs; by default one in reports/runs')
      .option('--key <file>', 'signing key, Ed25519 in PEM; by default HOLDFAST_SIGNING_KEY, or one made on first use')
      .option('--format <format>', 'what to print at the end: text or json', textOrJson, 'text')
      .action((run: string, incident: string | undefined, options: Options) =>
        reproduce(run, incident, options, context),
      );
  },
};

const count =
  (least: number) =>
  (value: string): number => {
    const number = Number(value);
    if (Number.isInteger(number) && number >= least) return number;
    throw new InvalidArgumentError(`expected a whole number from ${least} on.`);
  };

const reproduce = async (
  run: string,
  incident: string | undefined,
  options: Options,
  context: CommandContext,
): Promise<ExitCode> => {
  const { progress, signal } = context;
  if (options.hold === true && (options.shrink === true || options.times > 1)) {
    throw new HoldfastError('usage', 'expected --hold by itself, found it with --shrink or --times', {
      hint: 'one stack can be held: shrink first, then hold the smallest',
    });
  }
  const bundle = await openBundle(run, incident);
  const stack = stackOfBundle(bundle);
  if (options.trust !== true) await refuseForeignCompose(bundle, stack, run);
  const key = loadSigningKey({ file: options.key });
  const { id } = bundle.incident;
  const name = `reproduce-${id}-${newRunId(new Date())}`;
  const out = options.out === undefined ? join(projectRoot, 'reports/runs', name) : resolve(options.out);
  progress(`incident ${id} of ${bundle.run.run}, stack ${stack.id}: ${bundle.incident.title}`);
  await ensureEngine(progress, signal);
  makeRunFolder(out);
  const inputs = { bundle, stack, out, key };
  if (options.shrink === true) return shrink(inputs, options, context);
  return options.hold === true ? hold(inputs, options, context) : times(inputs, options, context);
};

const times = async (inputs: ReproduceInputs, options: Options, context: CommandContext): Promise<ExitCode> => {
  const runs = reproducer(inputs, context);
  const outcomes = await reproduceTimes(runs, inputs.bundle.part, options.times, context);
  const answer = answerOf(inputs.bundle, outcomes, runs.differences());
  context.stdout.write(options.format === 'json' ? json(answer) : printable(answerText(answer)));
  return exitOfAnswer(answer);
};

const hold = async (inputs: ReproduceInputs, options: Options, context: CommandContext): Promise<ExitCode> => {
  const { bundle } = inputs;
  const runs = reproducer(inputs, context);
  let text = '';
  const outcome = await runs.run(partToHold(bundle.part, bundle.incident.attack), 1, (held) => {
    text = heldText(held, readRecipe('toolbox').reference);
  });
  const answer = answerOf(bundle, [outcome], runs.differences());
  context.stdout.write(options.format === 'json' ? json(answer) : printable(`${answerText(answer)}\n${text}`));
  // Who asked for data gets how to look around all the same.
  if (options.format === 'json') context.stderr.write(printable(text));
  return exitOfAnswer(answer);
};

const shrink = async (inputs: ReproduceInputs, options: Options, context: CommandContext): Promise<ExitCode> => {
  const result = await shrinkBundle(inputs, options.budget, context);
  context.stdout.write(options.format === 'json' ? json(result) : printable(shrinkText(result)));
  return result.smallest !== null ? 1 : result.unknown > 0 || result.stopped ? 2 : 0;
};

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
