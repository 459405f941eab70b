import { existsSync } from 'node:fs';
import { Option } from 'commander';
import { align } from '../../../reports/renderers/terminal/index.ts';
import { HoldfastError } from '../../model/index.ts';
import type { Baseline } from '../../model/index.ts';
import {
  baselineFile,
  baselineNames,
  baselinesFolder,
  composeBaseline,
  doubtOf,
  mostRuns,
  readBaseline,
  resolveSide,
  writeBaseline,
} from '../compare/index.ts';
import { printable } from '../index.ts';
import type { CommandContext, CommandModule } from '../index.ts';

type SetOptions = { readonly add?: true; readonly force?: true; readonly dir: string };

/** `holdfast baseline set NAME RUN…` and `holdfast baseline list`. */
export const command: CommandModule = {
  name: 'baseline',
  summary: 'keeps runs to compare with, as small files that are meant to be committed',
  examples: [
    'npx holdfast baseline set main reports/runs/RUN',
    'npx holdfast baseline set main reports/runs/RUN --add   # keeps the ones that it has: how much runs differ is then measured',
    'npx holdfast baseline list',
    'npx holdfast compare main reports/runs/RUN',
  ],
  register: (command, context) => {
    command
      .argument('<action>', 'set or list')
      .argument('[name]', 'name of the baseline')
      .argument('[runs...]', 'run folders, report files, or baselines');
    command
      .option('--add', `keep the runs that the baseline has, the newest ${mostRuns} in all`)
      .option('--force', 'take a run that is INVALID or was stopped before its end all the same')
      .addOption(new Option('--dir <dir>', 'folder of the baselines').default(baselinesFolder, 'reports/baselines'))
      .action(async (action: string, name: string | undefined, runs: readonly string[], options: SetOptions) => {
        if (action === 'list' && name === undefined) return list(options.dir, context);
        if (action === 'set' && name !== undefined && runs.length > 0) return set(name, runs, options, context);
        throw new HoldfastError('usage', 'expected "set NAME RUN…" or "list"', {
          hint: 'holdfast baseline set main reports/runs/RUN',
        });
      });
  },
};

const set = async (
  name: string,
  named: readonly string[],
  { add, force, dir }: SetOptions,
  { progress }: CommandContext,
): Promise<0> => {
  const file = baselineFile(name, dir);
  const before = existsSync(file) ? readBaseline(file).baseline : null;
  const runs: Baseline['runs'][number][] = add === true ? [...(before?.runs ?? [])] : [];
  for (const one of named) {
    const side = await resolveSide(one, dir, progress);
    if (side.kind === 'matrix')
      throw new HoldfastError('usage', `expected runs of one stack, found the matrix ${one}`, {
        hint: `a baseline for each stack: holdfast baseline set ${name}.${side.matrix.rows[0]?.stack ?? 'STACK'} ${one}/${side.matrix.rows[0]?.folder ?? 'STACK'}`,
      });
    side.postures.forEach((posture, at) => {
      const doubt = doubtOf(posture);
      if (doubt?.bars === true && force !== true)
        throw new HoldfastError(
          'bad-run',
          `expected a run to compare with, found one that says too little: ${doubt.text}`,
          {
            hint: 'run again, or take it all the same with --force',
            place: { file: one },
          },
        );
      if (doubt !== null) progress(`warning: run ${posture.run}: ${doubt.text}`);
      runs.push({ report: side.digests[at] ?? '', posture });
    });
  }
  const baseline = composeBaseline(name, runs, mostRuns);
  const { bytes } = writeBaseline(baseline, dir);
  const replaced = before === null ? '' : `; it had ${runsText(before)}`;
  progress(`baseline ${name}: ${runsText(baseline)}, ${sizeText(bytes)}: ${file}${replaced}`);
  return 0;
};

const list = (dir: string, { stdout, progress }: CommandContext): 0 => {
  const names = baselineNames(dir);
  if (names.length === 0) progress(`no baselines in ${dir}: holdfast baseline set NAME RUN makes one`);
  const rows = names.map((name) => {
    const { baseline, bytes } = readBaseline(baselineFile(name, dir));
    const { posture } = baseline.runs.at(-1)!;
    const { plan, stack, verdict, startedAt, run } = posture;
    return [name, `${plan} on ${stack}`, verdict, String(baseline.runs.length), startedAt, run, sizeText(bytes)];
  });
  const heads = ['name', 'what', 'verdict', 'runs', 'newest', 'run', 'size'];
  if (rows.length > 0) stdout.write(printable(`${align([heads, ...rows], [3, 6]).join('\n')}\n`));
  return 0;
};

const runsText = ({ runs }: Baseline): string =>
  runs.length === 1 ? `run ${runs[0]!.posture.run}` : `${runs.length} runs up to ${runs.at(-1)!.posture.run}`;

const sizeText = (bytes: number): string => `${Math.ceil(bytes / 1024)} KiB`;
