import type { WriteStream } from 'node:tty';
import { baselinesFolder } from '../compare/index.ts';
import { terminalOf } from '../format.ts';
import type { CommandModule } from '../index.ts';
import { chooseOutputs, renderFolder, writeOutput } from '../report/index.ts';

type Options = {
  readonly format?: readonly string[];
  readonly out?: string;
  readonly baseline?: string;
  readonly dir: string;
};

const each = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

export const command: CommandModule = {
  name: 'report',
  summary: "shows a finished run's report again, or a matrix, in any format, from its folder alone",
  examples: [
    'npx holdfast report reports/runs/RUN',
    'npx holdfast report reports/runs/RUN --format markdown',
    'npx holdfast report reports/runs/RUN --out report.html',
    'npx holdfast report reports/runs/RUN --format html --format junit --format sarif --out report/',
    'npx holdfast report reports/runs/RUN --format sarif --baseline main --out report.sarif',
    'npx holdfast report reports/runs/MATRIX --format defaults --out docs/defaults.md',
  ],
  register: (command, { stdout, progress }) => {
    command
      .argument('<run>', 'folder of the run, or of the matrix')
      .option(
        '--format <format>',
        'html, json, junit, markdown, openmetrics, oscal, sarif or terminal, once or more often; of a matrix html, json, markdown, ' +
          'terminal or defaults: what products leave open as they ship. By default what fits --out, else terminal',
        each,
      )
      .option('--out <file>', 'write it there instead of to stdout; a folder for several formats')
      .option('--baseline <name>', 'a baseline, a run or a report, to say of each result whether it is new (sarif)')
      .option('--dir <dir>', 'folder of the baselines', baselinesFolder)
      .action(async (run: string, { format = [], out, baseline, dir }: Options) => {
        const outputs = await chooseOutputs({ formats: format, out });
        const rendered = await renderFolder(
          run,
          outputs.map((output) => output.format),
          {
            terminal: terminalOf(out === undefined ? (stdout as Partial<WriteStream>) : {}),
            baseline: baseline === undefined ? null : { named: baseline, folder: dir },
            progress,
          },
        );
        for (const [i, { file }] of outputs.entries()) {
          const bytes = rendered[i]!;
          if (file === null) stdout.write(bytes);
          else {
            await writeOutput(file, bytes, file !== out);
            progress(`report: ${file}`);
          }
        }
        return 0;
      });
  },
};
