import { discoverAttacks } from '../../declare/discover/index.ts';
import { textOrJson } from '../format.ts';
import type { CommandModule } from '../index.ts';

/** `holdfast attacks`: the attacks that are here. */
export const command: CommandModule = {
  name: 'attacks',
  summary: 'lists the attacks: what each tries, what must happen, and where the requirement comes from',
  examples: ['npx holdfast attacks', 'npx holdfast attacks --format json'],
  register: (command, { stdout }) => {
    command
      .option('--format <format>', 'text or json', textOrJson, 'text')
      .action(async (options: { format: 'text' | 'json' }) => {
        const metas = [...(await discoverAttacks()).values()].map(({ meta }) => meta);
        stdout.write(
          options.format === 'json'
            ? `${JSON.stringify(metas, null, 2)}\n`
            : metas
                .map(
                  ({ id, control, critical, name, title }) =>
                    `${id.padEnd(4)} ${control.padEnd(9)} ${critical ? 'critical' : '        '} ${name}: ${title}\n`,
                )
                .join(''),
        );
        return 0;
      });
  },
};
