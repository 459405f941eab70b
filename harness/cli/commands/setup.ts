import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  ensureEngine,
  ensureImages,
  loadArchive,
  readRecipe,
  recipesKey,
  saveArchive,
  thisHost,
} from '../../execute/engine/index.ts';
import { textOrJson } from '../format.ts';
import { defaultImages, imagesOf } from '../images.ts';
import type { CommandModule } from '../index.ts';
import { collect, stacksNamed } from '../run/index.ts';

type Options = {
  readonly stack?: readonly string[];
  readonly format: 'text' | 'json';
  readonly key?: boolean;
  readonly load?: string;
  readonly save?: string;
};

export const command: CommandModule = {
  name: 'setup',
  summary: 'brings a Docker engine, compose and the images of the default stack, and says where each came from',
  examples: [
    'npx holdfast setup',
    'npx holdfast setup envoy toolbox --format json',
    "npx holdfast setup --stack 'haproxy-*'",
    'npx holdfast setup --stack all',
    'npx holdfast setup --stack all --key   # names a cache of these images, and:',
    'npx holdfast setup --stack all --load images.tar --save images.tar',
  ],
  register: (command, { stdout, progress, signal }) => {
    command
      .argument('[images...]', 'only these images (products, and folders of fixtures/images)')
      .option(
        '--stack <id>',
        "the images of this stack and of the instruments; 'all', a glob or several of these",
        collect,
      )
      .option('--key', 'print a digest of the recipes of these images and stop: the key of a cache')
      .option('--load <file>', 'bring the images of this archive first, where there is one')
      .option('--save <file>', 'write the images into this archive, where it does not have them all')
      .option('--format <format>', 'text or json', textOrJson, 'text')
      .action(async (named: string[], options: Options) => {
        const names = imagesFor(named, options.stack);
        if (options.key === true) {
          stdout.write(`${recipesKey(names.map((name) => readRecipe(name)))}\n`);
          return 0;
        }
        const engine = await ensureEngine(progress, signal);
        const host = thisHost(signal);
        if (options.load !== undefined) await loadArchive(resolve(options.load), host, progress);
        const images = await ensureImages(names, progress, signal);
        const rows = [...images].map(([name, image]) => ({ name, ...image }));
        if (options.save !== undefined) {
          const file = resolve(options.save);
          // An archive that was loaded, and that left nothing to be made, has them all.
          const whole = options.load !== undefined && resolve(options.load) === file && existsSync(file);
          if (!whole || rows.some(({ source }) => source !== 'cached'))
            await saveArchive(
              rows.map(({ reference }) => reference),
              file,
              host,
              progress,
            );
        }
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
  if (stacks === undefined) return named.length > 0 ? named : defaultImages();
  return [...new Set([...named, ...imagesOf(stacksNamed(stacks))])];
};
