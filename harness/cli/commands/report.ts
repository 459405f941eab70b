import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { WriteStream } from 'node:tty';
import { discoverFormats, readRunReport, renderReport } from '../../../reports/index.ts';
import { defaultsPage, readProducts } from '../../../reports/matrix/defaults/index.ts';
import { readMatrix, renderMatrix } from '../../../reports/matrix/index.ts';
import { discoverStacks } from '../../declare/stack/index.ts';
import { HoldfastError } from '../../model/index.ts';
import { terminalOf } from '../format.ts';
import type { CommandModule } from '../index.ts';

type Options = { readonly format?: string; readonly out?: string };

/** The format that was asked for, or the one that writes files with this extension, or the one for a terminal. */
const choose = async ({ format, out }: Options): Promise<string> => {
  if (format !== undefined || out === undefined) return format ?? 'terminal';
  const formats = [...(await discoverFormats()).values()];
  const fit = formats.find(({ extension }) => `.${extension}` === extname(out));
  if (fit !== undefined) return fit.id;
  throw new HoldfastError(
    'usage',
    `expected a file that ends in ${formats.map(({ extension }) => `.${extension}`).join(', ')}, got "${out}"`,
    { hint: 'name the format: --format html' },
  );
};

type Terminal = ReturnType<typeof terminalOf>;

const render = async (folder: string, format: string, terminal: Terminal): Promise<string | Uint8Array> => {
  const matrix = await readMatrix(folder);
  if (matrix === null) return renderReport(await readRunReport(folder), format, terminal);
  if (format === 'defaults') return defaultsPage(matrix, await readProducts(folder, matrix, discoverStacks()));
  return renderMatrix(matrix, format, terminal);
};

export const command: CommandModule = {
  name: 'report',
  summary: "shows a finished run's report again, or a matrix, in any format, from its folder alone",
  examples: [
    'npx holdfast report reports/runs/RUN',
    'npx holdfast report reports/runs/RUN --format markdown',
    'npx holdfast report reports/runs/RUN --out report.html',
    'npx holdfast report reports/runs/MATRIX --format defaults --out docs/defaults.md',
  ],
  register: (command, { stdout, progress }) => {
    command
      .argument('<run>', 'folder of the run, or of the matrix')
      .option(
        '--format <format>',
        'html, json, markdown or terminal; of a matrix also defaults: what products leave open as they ship. By default what fits --out, else terminal',
      )
      .option('--out <file>', 'write it there instead of to stdout')
      .action(async (run: string, options: Options) => {
        const format = await choose(options);
        const terminal: Partial<WriteStream> = options.out === undefined ? (stdout as Partial<WriteStream>) : {};
        const bytes = await render(run, format, terminalOf(terminal));
        if (options.out === undefined) {
          stdout.write(bytes);
          return 0;
        }
        await writeFile(options.out, bytes).catch((cause: unknown) => {
          throw new HoldfastError(
            'usage',
            `expected a file that can be written, got "${options.out}": ${String((cause as Error).message)}`,
            { hint: 'make the folder first, or name another', cause },
          );
        });
        progress(`report: ${options.out}`);
        return 0;
      });
  },
};
