import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defaultGate, openGate } from '../../declare/gate/index.ts';
import { renderComparison } from '../../../reports/comparison/index.ts';
import { discoverFormats, renderReport } from '../../../reports/index.ts';
import { renderMatrix } from '../../../reports/matrix/index.ts';
import { baselinesFolder } from '../compare/index.ts';
import type { CommandModule } from '../index.ts';
import {
  compareRun,
  exitOfNight,
  junitOfNight,
  keepRun,
  outputsOf,
  readNight,
  summaryOf,
  withoutGone,
} from '../publish/index.ts';
import type { Compared, Night } from '../publish/index.ts';
import { makeRunFolder } from '../run/index.ts';

type Options = {
  readonly out: string;
  readonly baseline?: string;
  readonly dir: string;
  readonly keep?: string;
  readonly gate: string;
};

/** `holdfast publish`: all that a CI job shows, uploads and ends with, from the folder of a night. */
export const command: CommandModule = {
  name: 'publish',
  summary:
    'writes what a CI job uploads and shows of a night, compares it with its baseline, and ends as the job should',
  examples: [
    'npx holdfast publish reports/runs/NIGHT --out ci',
    'npx holdfast publish reports/runs/NIGHT --out ci --baseline main --keep .holdfast/last-good',
  ],
  register: (command, { stdout, progress }) => {
    command
      .argument('<night>', 'folder of a matrix or of a run')
      .requiredOption('--out <dir>', 'new folder for summary.md, outputs, and a folder for each format')
      .option(
        '--baseline <name>',
        'compare with the baselines NAME.STACK.PLAN, NAME.STACK or NAME, or with a path; one that fits no run ends with 2',
      )
      .option('--dir <dir>', 'folder of the baselines', baselinesFolder)
      .option('--keep <dir>', 'keep good runs there; compare with them where no baseline fits')
      .option('--gate <gate>', 'what matters: a gate of scenarios/gates, or a file', defaultGate)
      .action(async (folder: string, options: Options) => {
        const { out, baseline: named = null, dir, keep = null } = options;
        const gate = openGate(options.gate);
        const night = await readNight(folder);
        makeRunFolder(out);
        const write = (name: string, bytes: string | Uint8Array): void => {
          mkdirSync(dirname(join(out, name)), { recursive: true });
          writeFileSync(join(out, name), bytes);
        };
        const compared: Compared[] = [];
        for (const run of night.runs)
          compared.push(await compareRun(run, { named, folder: dir, kept: keep }, gate, progress));
        await writeReports(night, compared, write);
        write('junit/night.xml', junitOfNight(night, compared));
        write('summary.md', await summarise(night, compared));
        const exit = exitOfNight(night, compared, named);
        const outputs = outputsOf(night, compared, exit);
        write('outputs', outputs);
        for (const one of keep === null ? [] : compared) {
          const file = await keepRun(one, keep!, progress);
          if (file !== null) progress(`kept: ${file}`);
        }
        for (const { run, comparison, why } of compared)
          progress(`${run.stack}: ${run.report.verdict}, ${comparison?.verdict ?? `not compared: ${why}`}`);
        stdout.write(outputs);
        return exit;
      });
  },
};

type Write = (name: string, bytes: string | Uint8Array) => void;

/** What stands in the folder of the run, or is for a terminal. */
const elsewhere: readonly string[] = ['html', 'json', 'terminal'];

/** What calls for action: of a product as it ships, which is expected to be broken, nothing does. */
const alarms: readonly string[] = ['junit', 'sarif'];

const writeReports = async (night: Night, compared: readonly Compared[], write: Write): Promise<void> => {
  const shipped = new Set(night.matrix?.rows.flatMap(({ stack, defaults }) => (defaults === null ? [] : [stack])));
  const formats = [...(await discoverFormats()).values()].filter(({ id }) => !elsewhere.includes(id));
  for (const { run, comparison } of compared) {
    const { stack, report } = run;
    const baseline = comparison === null ? null : withoutGone(comparison.before.posture, report);
    for (const { id, extension } of formats) {
      if (shipped.has(stack) && alarms.includes(id)) continue;
      write(`${id}/${stack}.${extension}`, await renderReport(report, id, { baseline }));
    }
    if (comparison === null) continue;
    for (const [format, extension] of [
      ['html', 'html'],
      ['markdown', 'md'],
      ['json', 'json'],
    ] as const)
      write(`comparison/${stack}.${extension}`, await renderComparison(comparison, format));
  }
};

const summarise = async (night: Night, compared: readonly Compared[]): Promise<string> => {
  const regressions = new Map<string, string>();
  const reports = new Map<string, string>();
  for (const { run, comparison } of compared) {
    if (comparison?.verdict === 'REGRESSION')
      regressions.set(run.stack, `## ${run.stack}\n\n${await renderComparison(comparison, 'markdown')}`);
    if (!run.asExpected && night.matrix !== null)
      reports.set(run.stack, String(await renderReport(run.report, 'markdown')));
  }
  const whole =
    night.matrix === null
      ? String(await renderReport(night.runs[0]!.report, 'markdown'))
      : await renderMatrix(night.matrix, 'markdown');
  return summaryOf({ night: whole, compared, regressions, reports });
};
