import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Option } from 'commander';
import { buildReport, serialiseReport } from '../../check/index.ts';
import { discoverKinds } from '../../kinds/index.ts';
import { HoldfastError, brokeOf } from '../../model/index.ts';
import type { Report } from '../../model/index.ts';
import { readHistory } from '../../record/history/index.ts';
import { exitOfVerdict, printable } from '../index.ts';
import type { CommandModule } from '../index.ts';
import { sentence } from '../../../reports/text/index.ts';

/** `holdfast check RUN`: the report again, from the history alone. Exit code by verdict. */
export const command: CommandModule = {
  name: 'check',
  summary: 'recomputes the report of a stored run from its history alone',
  examples: ['npx holdfast check reports/runs/latest', 'npx holdfast check RUN --format json'],
  register: (command, { stdout, progress }) => {
    command
      .argument('<run>', 'folder of the run')
      .addOption(new Option('--format <format>', 'how to print it').choices(['text', 'json']).default('text'))
      .action(async (run: string, options: { format: 'text' | 'json' }) => {
        const report = buildReport(readHistory(join(run, 'history.ndjson.gz')), await discoverKinds());
        const text = serialiseReport(report);
        stdout.write(options.format === 'json' ? text : printable(describe(report)));
        const file = join(run, 'report.json');
        write(file, text);
        progress(`wrote ${file}`);
        return exitOfVerdict(report.verdict);
      });
  },
};

const write = (file: string, text: string): void => {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new HoldfastError('usage', `expected to write ${file}, found that it cannot be written`, {
      hint: 'make the folder writable, or copy the run elsewhere',
      cause,
    });
  }
};

const describe = ({ run, plan, stack, seed, verdict, reasons, score, controls, attacks }: Report): string => {
  const lines = [`run ${run}: plan ${plan}, stack ${stack}, seed ${seed}`];
  for (const control of controls) {
    lines.push(`${control.verdict.padEnd(8)} ${control.id}`);
    for (const attack of attacks.filter((one) => one.control === control.id)) {
      const share = attack.bound95 === null ? '' : `, at most ${attack.bound95} with 95% confidence`;
      lines.push(
        `  ${attack.verdict.padEnd(8)} ${attack.id} ${attack.name}: ${brokeOf(attack)} of ${attack.attempts} ${attack.withheld > 0 ? 'admitted or withheld' : 'admitted'}${share}`,
      );
    }
  }
  lines.push(
    `verdict ${verdict}, score ${score.value} (${score.letter})`,
    ...reasons.map((reason) => `  ${sentence(reason)}`),
  );
  return `${lines.join('\n')}\n`;
};
