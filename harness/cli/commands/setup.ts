import { ensureEngine, ensureImages } from '../../execute/engine/index.ts';
import { textOrJson } from '../format.ts';
import { defaultImages, instrumentImages } from '../images.ts';
import type { CommandModule } from '../index.ts';
import { collect, stacksNamed } from '../run/index.ts';

export const command: CommandModule = {
  name: 'setup',
  summary: 'brings a Docker engine, compose and the images of the default stack, and says where each came from',
  examples: [
    'npx holdfast setup',
    'npx holdfast setup envoy toolbox --format json',
    "npx holdfast setup --stack 'haproxy-*'",
    'npx holdfast setup --stack all',
  ],
  register: (command, { stdout, progress, signal }) => {
    command
      .argument('[images...]', 'only these images (folders of fixtures/images)')
      .option(
        '--stack <id>',
        "the images of this stack and of the instruments; 'all', a glob or several of these",
        collect,
      )
      .option('--format <format>', 'text or json', textOrJson, 'text')
      .action(async (named: string[], options: { stack?: readonly string[]; format: 'text' | 'json' }) => {
        const names = imagesFor(named, options.stack);
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

/** What was named, with the images of the stacks that were; without either what the default stack needs. */
const imagesFor = (named: readonly string[], stacks: readonly string[] | undefined): readonly string[] => {
  if (stacks === undefined) return named.length > 0 ? named : defaultImages;
  return [...new Set([...named, ...instrumentImages, ...stacksNamed(stacks).flatMap(({ images }) => images)])];
};
