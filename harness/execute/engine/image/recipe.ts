import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { arch } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readYamlDocument } from '../../../declare/yaml/index.ts';
import { HoldfastError } from '../../../model/index.ts';
import { toolNames } from '../tools.ts';

const text = z.string().min(1);

const schema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/),
  version: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  summary: text,
  licence: text,
  /** What a registry calls it, pinned by its digest where that is known; absent where it exists as a recipe only. */
  pull: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9./_-]*:[\w.-]+(@sha256:[0-9a-f]{64})?$/,
      'expected a reference such as envoyproxy/envoy:v1.40.0, or one with @sha256:… behind it',
    )
    .optional(),
  build: z.strictObject({
    /** The image whose layers this one stands on; absent for one that is a whole root file system. */
    base: text.optional(),
    packages: z.array(text).default([]),
    tools: z.array(z.enum(toolNames)).default([]),
    /** Commands run in the image at the end. */
    run: z.array(text).default([]),
  }),
  /** A command that must succeed in the finished image, pulled or built. */
  check: z.array(text).min(1),
});

/** An image under one name and version, from either of two sources: `fixtures/images/<name>`, or `fixtures/products/<name>/image`. */
export type Recipe = z.infer<typeof schema> & {
  readonly folder: string;
  /** What the image is called on this machine: `holdfast/<name>:<version>`. */
  readonly reference: string;
  /** SHA-256 over every file of the recipe, the architecture, and the recipe of the base. */
  readonly digest: string;
};

/** The machine's architecture as images name it. Throws `missing-tool` for one that no recipe is made for. */
export const architecture = (): 'amd64' | 'arm64' => {
  const found = arch();
  if (found === 'x64') return 'amd64';
  if (found === 'arm64') return 'arm64';
  throw new HoldfastError('missing-tool', `expected an amd64 or arm64 machine, got ${found}`);
};

const fixturesFolder = fileURLToPath(new URL('../../../../fixtures', import.meta.url));

/** Every folder with an image.yaml: those of the harness's own instruments, and those of the products. */
const imageFolders = (fixtures: string): readonly (readonly [name: string, folder: string])[] =>
  [
    ...entriesOf(join(fixtures, 'images')).map((name) => [name, join(fixtures, 'images', name)] as const),
    ...entriesOf(join(fixtures, 'products')).map((name) => [name, join(fixtures, 'products', name, 'image')] as const),
  ].filter(([, folder]) => existsSync(join(folder, 'image.yaml')));

const entriesOf = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder) : []);

/** Names of all images. */
export const imageNames = (fixtures: string = fixturesFolder): readonly string[] =>
  imageFolders(fixtures)
    .map(([name]) => name)
    .toSorted();

/** Reads the recipe of one image. Throws `bad-input` where there is none of that name, or two, or its image.yaml is wrong. */
export const readRecipe = (name: string, fixtures: string = fixturesFolder, above: readonly string[] = []): Recipe => {
  const [own, another] = imageFolders(fixtures).flatMap(([known, folder]) => (known === name ? [folder] : []));
  if (own === undefined)
    throw new HoldfastError(
      'bad-input',
      `expected one of the images ${imageNames(fixtures).join(', ')}, got '${name}'`,
      { hint: 'see fixtures/images/README.md on how to add one' },
    );
  if (another !== undefined)
    throw new HoldfastError('bad-input', `expected one image of the name ${name}, got two`, {
      hint: 'give one of the two another name',
      place: { file: join(another, 'image.yaml') },
    });
  if (above.includes(name))
    throw new HoldfastError('bad-input', `expected bases without a circle, got ${[...above, name].join(' → ')}`);
  const { value, placeOf } = readYamlDocument(join(own, 'image.yaml'), schema);
  if (value.name !== name)
    throw new HoldfastError('bad-input', `expected the name of the folder, ${name}, got ${value.name}`, {
      place: placeOf(['name']),
    });
  const base = value.build.base === undefined ? null : readRecipe(value.build.base, fixtures, [...above, name]);
  return {
    ...value,
    folder: own,
    reference: `holdfast/${value.name}:${value.version}`,
    digest: digestOf(own, base?.digest ?? ''),
  };
};

const digestOf = (folder: string, base: string): string => {
  const hash = createHash('sha256').update(`${architecture()}\n${base}\n`);
  for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()) {
    hash.update(`${file.slice(folder.length)}\n${createHash('sha256').update(readFileSync(file)).digest('hex')}\n`);
  }
  return hash.digest('hex');
};
