import { writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { WriteStream } from 'node:tty';
import { readNights, renderTrend, trendFormats } from '../../../reports/trend/index.ts';
import { defaultGate, openGate } from '../../declare/gate/index.ts';
import { HoldfastError } from '../../model/index.ts';
import { buildTrend } from '../../trend/index.ts';
import { terminalOf } from '../format.ts';
import type { CommandModule } from '../index.ts';

type Options = { readonly out?: string; readonly format: string; readonly gate: string };

const version = (): string =>
  (JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string }).version;

/** From the page to the folder of the nights, for links: empty where they are the same, else with a slash at its end. */
const baseOf = (out: string, folder: string): string => {
  const path = relative(dirname(resolve(out)), resolve(folder));
  return path === '' ? '' : `${path.split(/[\\/]/).map(encodeURIComponent).join('/')}/`;
};

export const command: CommandModule = {
  name: 'trend',
  summary:
    'shows many nights of the same plans and stacks: verdicts, scores, latencies, attacks that flap, what changed',
  examples: [
    'npx holdfast trend reports/runs',
    'npx holdfast trend nights --out trend.html',
    'npx holdfast trend nights --format json',
  ],
  register: (command, { stdout, progress }) => {
    command
      .argument('<folder>', 'holds run folders, matrix folders or reports as JSON files, at a depth of up to two')
      .option('--out <file>', 'where the page is written; by default trend.html in the folder')
      .option('--format <format>', `what goes to stdout beside it: ${trendFormats.join(', ')}`, 'terminal')
      .option('--gate <gate>', 'id or file of the gate that says what is too small to matter', defaultGate)
      .action(async (folder: string, { out = join(folder, 'trend.html'), format, gate }: Options) => {
        const { nights, unreadable } = await readNights(folder);
        if (nights.length + unreadable.length === 0)
          throw new HoldfastError('usage', `expected nights in "${folder}", found neither a run nor a report`, {
            hint: 'holdfast run PLAN --out FOLDER/NIGHT makes one',
          });
        const trend = buildTrend(nights, unreadable, openGate(gate), version());
        const base = baseOf(out, folder);
        const shown = await renderTrend(trend, format, { base, ...terminalOf(stdout as Partial<WriteStream>) });
        await writeFile(out, await renderTrend(trend, 'html', { base })).catch((cause: unknown) => {
          throw new HoldfastError(
            'usage',
            `expected a file that can be written, got "${out}": ${String((cause as Error).message)}`,
            { hint: 'make the folder first, or name another with --out', cause },
          );
        });
        stdout.write(shown);
        progress(`trend: ${out}`);
        return nights.length === 0 ? 2 : 0;
      });
  },
};
