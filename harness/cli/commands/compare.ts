import { extname } from 'node:path';
import type { WriteStream } from 'node:tty';
import { Option } from 'commander';
import { renderComparison, renderComparisons, summaryText } from '../../../reports/comparison/index.ts';
import type { SeveralComparisons } from '../../../reports/comparison/index.ts';
import { compare } from '../../compare/index.ts';
import { defaultGate, openGate } from '../../declare/gate/index.ts';
import type { Comparison } from '../../model/index.ts';
import { baselinesFolder, outputsOf, pairsOf, resolveSide, withFiles, writeOutput } from '../compare/index.ts';
import type { Output } from '../compare/index.ts';
import { terminalOf } from '../format.ts';
import { worstExit } from '../index.ts';
import type { CommandModule, ExitCode } from '../index.ts';
import { collect, harnessVersion } from '../run/index.ts';

type Options = {
  readonly gate: string;
  readonly format?: string;
  readonly out?: readonly string[];
  readonly verbose?: true;
  readonly dir: string;
};

/** `holdfast compare BEFORE AFTER`: 0 where nothing regressed, 1 where something did, 2 where it cannot be said. */
export const command: CommandModule = {
  name: 'compare',
  summary: 'says what changed from one run to another, and whether it is a regression, an improvement or noise',
  examples: [
    'npx holdfast compare reports/runs/BEFORE reports/runs/AFTER',
    'npx holdfast compare main reports/runs/AFTER          # a baseline by name: see holdfast baseline',
    'npx holdfast compare main RUN --out comparison.md --out comparison.html --out comparison.json',
    'npx holdfast compare main RUN --gate my-gate.yaml --verbose',
  ],
  register: (command, { stdout, progress }) => {
    command
      .argument(
        '<before>',
        'what to compare with: a run or matrix folder, a report file, or a baseline by name or file',
      )
      .argument('<after>', 'what to compare: the same')
      .option('--gate <gate>', 'what matters: a gate of scenarios/gates, or a file', defaultGate)
      .option('--format <format>', 'html, json, markdown or terminal; by default what fits --out, else terminal')
      .option('--out <file>', 'write it there instead of to stdout; may be given more than once', collect)
      .option('--verbose', 'in a terminal: list what is unchanged or noise as well')
      .addOption(new Option('--dir <dir>', 'folder of the baselines').default(baselinesFolder, 'reports/baselines'))
      .action(async (before: string, after: string, options: Options) => {
        const outputs = outputsOf(options.format, options.out ?? []);
        const gate = openGate(options.gate);
        const sides = [
          await resolveSide(before, options.dir, progress),
          await resolveSide(after, options.dir, progress),
        ] as const;
        const { pairs, lost, added } = await pairsOf(...sides, progress);
        const version = harnessVersion();
        const comparisons = pairs.map((pair) => compare(...withFiles(...pair), gate, version));
        const isMatrix = sides.every(({ kind }) => kind === 'matrix');
        const all = isMatrix ? { comparisons, lost, added } : comparisons[0]!;
        const verbose = options.verbose ?? false;
        if (outputs.length === 0)
          stdout.write(
            await render(all, options.format ?? 'terminal', { verbose, ...terminalOf(stdout as Partial<WriteStream>) }),
          );
        for (const output of outputs)
          for (const [file, text] of await filesOf(all, output, verbose)) {
            await writeOutput(file, text);
            progress(`comparison: ${file}`);
          }
        for (const one of comparisons) {
          const stack = isMatrix ? `${one.after.posture.stack}: ` : '';
          progress(`${stack}${one.verdict}: ${summaryText(one)}`);
        }
        if (lost.length > 0) progress(`NOT COMPARABLE, for ${after} has no run of them: ${lost.join(', ')}`);
        return worstExit([...comparisons.map(({ verdict }) => exits[verdict]), lost.length > 0 ? 2 : 0]);
      });
  },
};

const exits: Readonly<Record<Comparison['verdict'], ExitCode>> = {
  'NO REGRESSION': 0,
  REGRESSION: 1,
  'NOT COMPARABLE': 2,
};

const render = (
  all: Comparison | SeveralComparisons,
  format: string,
  options: Parameters<typeof renderComparison>[2],
): Promise<string> =>
  'comparisons' in all ? renderComparisons(all, format, options) : renderComparison(all, format, options);

/** What is written for one `--out`: a file; of a matrix in HTML, one for each stack. */
const filesOf = async (
  all: Comparison | SeveralComparisons,
  { file, format }: Output,
  verbose: boolean,
): Promise<readonly (readonly [file: string, text: string])[]> => {
  const options = { verbose, columns: 120 };
  if (format !== 'html' || !('comparisons' in all)) return [[file, await render(all, format, options)]];
  const end = extname(file);
  const named = ({ after }: Comparison): string =>
    `${end === '' ? file : file.slice(0, -end.length)}.${after.posture.stack}${end}`;
  return Promise.all(
    all.comparisons.map(async (one) => [named(one), await renderComparison(one, format, options)] as const),
  );
};
