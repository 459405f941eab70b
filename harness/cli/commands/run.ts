import { uncrossedHops } from '../../declare/forms/index.ts';
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { WriteStream } from 'node:tty';
import { serialiseReport } from '../../check/index.ts';
import { projectRoot } from '../../declare/discover/index.ts';
import { openLadder, readPlan } from '../../declare/plan/index.ts';
import type { DeclareOptions } from '../../declare/run/index.ts';
import { ensureEngine } from '../../execute/engine/index.ts';
import { newRunId, renderDeclared } from '../../execute/run/index.ts';
import { HoldfastError } from '../../model/index.ts';
import { loadSigningKey } from '../../prove/index.ts';
import { renderReport } from '../../../reports/index.ts';
import { renderMatrix, serialiseMatrix } from '../../../reports/matrix/index.ts';
import { terminalOf, textOrJson } from '../format.ts';
import { imagesOf } from '../images.ts';
import { exitOfVerdict } from '../index.ts';
import type { CommandContext, CommandModule, ExitCode } from '../index.ts';
import { openNight, parseDuration } from '../run/budget/index.ts';
import {
  asksForSeveral,
  bringImages,
  collect,
  declareAndSchedule,
  exitOfMatrix,
  harnessVersion,
  makeRunFolder,
  performRun,
  runSeveral,
  stacksNamed,
  writeFiles,
} from '../run/index.ts';

type Options = {
  readonly plan?: string;
  readonly out?: string;
  readonly seed?: string;
  readonly stack?: readonly string[];
  readonly overlay?: string;
  readonly only?: string;
  readonly render?: string;
  readonly key?: string;
  readonly budget?: number;
  readonly format: 'text' | 'json';
};

const defaultPlan = 'two-fourteen';

/** `holdfast run`: the main job, from a plan to a signed verdict; over several stacks, to a matrix of them. */
export const command: CommandModule = {
  name: 'run',
  summary: 'runs a plan: starts the stack, replays the spike, attacks it, and ends with a signed verdict',
  examples: [
    'npm start',
    'npx holdfast run quick --out reports/runs/mine',
    "npx holdfast run quick --only 'M*'",
    "npx holdfast run quick --stack envoy-envoy --stack '*-defaults'",
    'npx holdfast run quick --stack all',
    'npx holdfast run nightly --stack envoy-envoy --stack haproxy-istio --budget 45m',
    'npx holdfast run quick --render my-change   # then edit my-change, and:',
    'npx holdfast run quick --overlay my-change',
  ],
  register: (command, context) => {
    command
      .argument('[plan]', `id or path of a plan (scenarios/plans); by default ${defaultPlan}`)
      .option('--plan <plan>', 'the same as the argument')
      .option('--out <dir>', 'folder for the results; by default reports/runs/<run id>')
      .option('--seed <seed>', 'seed of the schedule; by default a new one, which the report names')
      .option(
        '--stack <id>',
        "stack to run instead of the plan's; 'all', a glob or several of these run one after another, and end in a matrix",
        collect,
      )
      .option(
        '--budget <time>',
        "time for all stacks together, e.g. '45m' or '1h30m': plans are stepped down to their lighter ones, the last stacks first, and the matrix says so",
        parseDuration,
      )
      .option('--overlay <dir>', 'files that replace rendered configuration by path; X.patch and X.diff change X')
      .option('--only <glob>', 'only the attacks whose id or name matches; what was left out is unknown, never a pass')
      .option('--render <dir>', 'write the configuration that would be mounted, and stop')
      .option('--key <file>', 'signing key, Ed25519 in PEM; by default HOLDFAST_SIGNING_KEY, or one made on first use')
      .option('--format <format>', 'what to print at the end: text, or the report as json', textOrJson, 'text')
      .action((argument: string | undefined, options: Options): Promise<ExitCode> => {
        const { overlay, only } = options;
        const declare = {
          plan: planOf(argument, options.plan),
          overlay,
          only,
          seed: options.seed ?? randomBytes(8).toString('hex'),
        };
        const wanted = options.stack ?? [];
        return asksForSeveral(wanted) || (options.budget !== undefined && options.render === undefined)
          ? several(wanted, declare, options, context)
          : single({ ...declare, stack: wanted[0] }, options, context);
      });
  },
};

const single = async (declare: DeclareOptions, options: Options, context: CommandContext): Promise<ExitCode> => {
  const { stdout, progress, signal } = context;
  const { declared, schedule } = await declareAndSchedule(declare);
  if (options.render !== undefined) {
    makeRunFolder(options.render);
    writeFiles(options.render, renderDeclared(declared).files);
    progress(`rendered: ${options.render}`);
    return 0;
  }
  const key = loadSigningKey({ file: options.key });
  progress(`plan ${declared.plan.id}, stack ${declared.stack.id}, seed ${declared.seed}`);
  for (const { from, to } of uncrossedHops(declared))
    progress(`no route crosses ${from}→${to}: an attack that takes a hop over cannot be tried there`);
  await ensureEngine(progress, signal);
  const out = options.out === undefined ? null : resolve(options.out);
  const { folder, report } = await performRun({ declared, schedule, folder: out, key }, context);
  stdout.write(
    options.format === 'json'
      ? serialiseReport(report)
      : await renderReport(report, 'terminal', terminalOf(stdout as Partial<WriteStream>)),
  );
  progress(`done: ${report.verdict}`);
  progress(`report: ${folder}/report.html`);
  progress(`verify: npx holdfast verify ${folder}`);
  return exitOfVerdict(report.verdict);
};

const several = async (
  wanted: readonly string[],
  declare: DeclareOptions,
  options: Options,
  context: CommandContext,
): Promise<ExitCode> => {
  const { stdout, progress, signal } = context;
  // What a budget trims is said in a matrix, of one stack as well.
  const stacks = stacksNamed(wanted.length === 0 ? [readPlan(declare.plan).stack] : wanted);
  if (options.render !== undefined) {
    makeRunFolder(options.render);
    for (const { id } of stacks) {
      const { declared } = await declareAndSchedule({ ...declare, stack: id });
      writeFiles(join(options.render, id), renderDeclared(declared).files);
      progress(`rendered: ${join(options.render, id)}`);
    }
    return 0;
  }
  const key = loadSigningKey({ file: options.key });
  const night =
    options.budget === undefined ? null : openNight(options.budget, openLadder(declare.plan), () => performance.now());
  progress(
    `plan ${declare.plan}, ${stacks.length === 1 ? '1 stack' : `${stacks.length} stacks`} (${stacks.map(({ id }) => id).join(', ')}), seed ${declare.seed}`,
  );
  const now = new Date();
  const matrixId = newRunId(now).replace('r', 'm');
  const folder = options.out === undefined ? join(projectRoot, 'reports/runs', matrixId) : resolve(options.out);
  const head = { matrix: matrixId, startedAt: now.toISOString(), harness: harnessVersion() };
  await ensureEngine(progress, signal);
  // Made now, images count for none of the runs by which the later ones are estimated; one that cannot be had is said by its stack.
  if (night !== null) await bringImages(imagesOf(stacks), context);
  const matrix = await runSeveral({ stacks, declare, head, folder, key, night }, context);
  stdout.write(
    options.format === 'json'
      ? serialiseMatrix(matrix)
      : await renderMatrix(matrix, 'terminal', terminalOf(stdout as Partial<WriteStream>)),
  );
  progress(`done: ${matrix.asExpected ? 'all as expected' : 'not as expected'}`);
  progress(`matrix: ${folder}/matrix.html`);
  return exitOfMatrix(matrix);
};

const planOf = (argument: string | undefined, option: string | undefined): string => {
  if (argument !== undefined && option !== undefined && argument !== option) {
    throw new HoldfastError('usage', `expected one plan, got "${argument}" and --plan "${option}"`, {
      hint: 'name it once',
    });
  }
  return argument ?? option ?? defaultPlan;
};
