import { ensureEngine, ensureImages } from '../../execute/engine/index.ts';
import { textOrJson } from '../format.ts';
import { defaultImages } from '../images.ts';
import type { CommandModule } from '../index.ts';

export const command: CommandModule = {
  name: 'setup',
  summary: 'brings a Docker engine, compose and the images of the default stack, and says where each came from',
  examples: ['npx holdfast setup', 'npx holdfast setup envoy toolbox --format json'],
  register: (command, { stdout, progress, signal }) => {
    command
      .argument('[images...]', 'only these images (folders of fixtures/images)', [...defaultImages])
      .option('--format <format>', 'text or json', textOrJson, 'text')
      .action(async (names: string[], options: { format: 'text' | 'json' }) => {
        const engine = await ensureEngine(progress, signal);
        const images = await ensureImages(names, progress, signal);
        const rows = [...images].map(([name, image]) => ({ name, ...image }));
        stdout.write(
          options.format === 'json'
            ? `${JSON.stringify({ engine, images: rows }, null, 2)}\n`
            : [
                `engine     Docker ${engine.version}, compose ${engine.compose}`,
                ...rows.map(({ name, version, source, why }) => `${name.padEnd(10)} ${version}, ${source}: ${why}`),
                '',
              ].join('\n'),
        );
        return 0;
      });
  },
};
