import { extname } from 'node:path';
import { writeFile } from 'node:fs/promises';
import type { WriteStream } from 'node:tty';
import { comparisonFormats, renderComparison, summaryText } from '../../../reports/comparison/index.ts';
import { compare } from '../../compare/index.ts';
import { defaultGate, openGate } from '../../declare/gate/index.ts';
import { HoldfastError } from '../../model/index.ts';
import type { Comparison } from '../../model/index.ts';
import { baselinesFolder, resolveSide, withFiles } from '../compare/index.ts';
import type { RunsSide, Side } from '../compare/index.ts';
import { terminalOf } from '../format.ts';
import type { CommandModule, ExitCode } from '../index.ts';
import { collect, harnessVersion } from '../run/index.ts';

type Options = {
  readonly gate: string;
  readonly format?: string;
  readonly out: readonly string[];
  readonly verbose?: true;
  readonly dir: string;
};

/** The format of each file, by its extension; `--format` says it where there is one file. Throws `usage`. */
const outputsOf = ({ format, out }: Options): readonly (readonly [file: string, format: string])[] => {
  if (format !== undefined && out.length > 1)
    throw new HoldfastError('usage', 'expected --format with one --out at most, found several', {
      hint: 'leave --format away: the extensions say it',
    });
  return out.map((file) => {
    const known = Object.entries(comparisonFormats);
    const fit = format ?? known.find(([, extension]) => `.${extension}` === extname(file))?.[0];
    if (fit !== undefined) return [file, fit] as const;
    throw new HoldfastError(
      'usage',
      `expected a file that ends in ${known.map(([, extension]) => `.${extension}`).join(', ')}, got "${file}"`,
      { hint: 'name the format: --format html' },
    );
  });
};

const exits: Readonly<Record<Comparison['verdict'], ExitCode>> = {
  'NO REGRESSION': 0,
  REGRESSION: 1,
  'NOT COMPARABLE': 2,
};

const runsOnly = (side: Side): RunsSide => {
  if (side.kind === 'runs') return side;
  throw new HoldfastError('usage', `expected a run, found the matrix ${side.label}`, {
    hint: `name one of its stacks: ${side.matrix.rows.flatMap(({ folder }) => (folder === null ? [] : [`${side.label}/${folder}`])).join(', ')}`,
  });
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
      .argument('<before>', 'what to compare with: a run folder, a report file, or a baseline by name or file')
      .argument('<after>', 'what to compare: the same')
      .option('--gate <gate>', 'what matters: a gate of scenarios/gates, or a file', defaultGate)
      .option('--format <format>', 'html, json, markdown or terminal; by default what fits --out, else terminal')
      .option('--out <file>', 'write it there instead of to stdout; may be given more than once', collect, [])
      .option('--verbose', 'in a terminal: list what is unchanged or noise as well')
      .option('--dir <dir>', 'folder of the baselines', baselinesFolder)
      .action(async (before: string, after: string, options: Options) => {
        const outputs = outputsOf(options);
        const gate = openGate(options.gate);
        const resolve = async (named: string): Promise<RunsSide> =>
          runsOnly(await resolveSide(named, options.dir, progress));
        const sides = withFiles(await resolve(before), await resolve(after));
        const comparison = compare(...sides, gate, harnessVersion());
        const shown = { verbose: options.verbose ?? false };
        if (outputs.length === 0)
          stdout.write(
            await renderComparison(comparison, options.format ?? 'terminal', {
              ...shown,
              ...terminalOf(stdout as Partial<WriteStream>),
            }),
          );
        for (const [file, format] of outputs) {
          await write(file, await renderComparison(comparison, format, { ...shown, columns: 120 }));
          progress(`comparison: ${file}`);
        }
        progress(`${comparison.verdict}: ${summaryText(comparison)}`);
        return exits[comparison.verdict];
      });
  },
};

const write = (file: string, text: string): Promise<void> =>
  writeFile(file, text).catch((cause: unknown) => {
    throw new HoldfastError(
      'usage',
      `expected a file that can be written, got "${file}": ${String((cause as Error).message)}`,
      { hint: 'make the folder first, or name another', cause },
    );
  });
