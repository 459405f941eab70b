import { HoldfastError } from '../../../model/index.ts';
import { docker } from '../client.ts';
import { tail, thisHost } from '../host.ts';
import type { Host } from '../host.ts';
import { recipeLabel, sourceLabel } from '../labels.ts';
import { seconds } from '../progress.ts';
import type { Progress } from '../progress.ts';
import { ensureTool } from '../tools.ts';
import { adoptImage, buildImage, checkImage, discardImage, pullImage } from './make.ts';
import { readRecipe } from './recipe.ts';
import type { Recipe } from './recipe.ts';
import { openRegistry } from './registry.ts';
import type { Registry } from './registry.ts';

/** An image that is there. */
export type Image = {
  /** `holdfast/<name>:<version>`. */
  readonly reference: string;
  readonly version: string;
  readonly source: 'pulled' | 'built' | 'cached';
  /** Why this source. */
  readonly why: string;
  /** The image's id on this machine, `sha256:…`. */
  readonly digest: string;
  readonly seconds: number;
};

/** What making an image touches; the default is the engine and this machine. */
export type ImageSeam = {
  readonly inspect: (
    reference: string,
  ) => Promise<{ readonly id: string; readonly labels: Readonly<Record<string, string>> } | null>;
  readonly pull: (recipe: Recipe, pull: string) => Promise<void>;
  readonly build: (recipe: Recipe, base: string | null) => Promise<void>;
  /** What the check printed. */
  readonly check: (recipe: Recipe) => Promise<string>;
  readonly adopt: (made: string, reference: string) => Promise<void>;
  readonly discard: (reference: string) => Promise<void>;
  readonly read: (name: string) => Recipe;
};

/** Id and labels of a local image, or null. */
export const inspectImage: ImageSeam['inspect'] = async (reference) => {
  try {
    const found = await docker().getImage(reference).inspect();
    return { id: found.Id, labels: found.Config.Labels ?? {} };
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return null;
    throw error;
  }
};

/** The engine and this machine. */
export const realSeam = (host: Host, progress: Progress): ImageSeam => ({
  inspect: inspectImage,
  pull: pullImage,
  build: async (recipe, base) => {
    for (const tool of recipe.build.tools) await ensureTool(tool, host, progress);
    await buildImage(recipe, base, host);
  },
  check: checkImage,
  adopt: adoptImage,
  discard: discardImage,
  read: (name) => readRecipe(name),
});

/**
 * The images by name, each of them there when this returns: found under its recipe's digest, pulled, or built. Says which
 * and why, and how long it took. Throws `no-image` where neither source gave one, `bad-input` for a name without a folder.
 */
export const ensureImages = async (
  names: readonly string[],
  progress: Progress,
  signal?: AbortSignal,
  registry: Registry = openRegistry(),
  seam: ImageSeam = realSeam(thisHost(signal), progress),
): Promise<Map<string, Image>> => {
  const images = new Map<string, Image>();
  // All recipes are read before the first image is made: a wrong name costs nothing.
  const recipes = names.map((name) => seam.read(name));
  for (const recipe of recipes) images.set(recipe.name, await ensureOne(recipe, { progress, registry, seam, signal }));
  return images;
};

type Setting = {
  readonly progress: Progress;
  readonly registry: Registry;
  readonly seam: ImageSeam;
  readonly signal: AbortSignal | undefined;
};

const ensureOne = async (recipe: Recipe, setting: Setting): Promise<Image> => {
  const { progress, registry, seam, signal } = setting;
  signal?.throwIfAborted();
  const { reference, version } = recipe;
  let began = performance.now();
  const found = await seam.inspect(reference);
  if (found !== null && found.labels[recipeLabel] === recipe.digest) {
    const why = `${found.labels[sourceLabel] ?? 'made'} earlier from this recipe`;
    return { reference, version, source: 'cached', why, digest: found.id, seconds: seconds(began) };
  }
  const changed = found === null ? '' : ' (its recipe has changed)';
  const offer = await registry.offer(recipe);
  let why = 'pull' in offer ? `${offer.pull} is to be had` : offer.refusal;
  let source: 'pulled' | 'built' = 'built';
  // Made under a name of its own until its check has succeeded: a name that counts is never that of an image that was not checked.
  const candidate = { ...recipe, reference: `${reference}-${process.pid}` };
  try {
    if ('pull' in offer) {
      progress(`images: ${recipe.name} ${version}: pulling${changed}: ${why}`);
      try {
        await seam.pull(candidate, offer.pull);
        requireVersion(recipe, await seam.check(candidate));
        source = 'pulled';
      } catch (error) {
        signal?.throwIfAborted();
        // A manifest was there, but not what it names, or not what the recipe asks for: there is still the recipe.
        why = `${offer.pull} was refused: ${(error as Error).message}`;
      }
    }
    if (source === 'built') {
      const { base } = recipe.build;
      const on = base === undefined ? null : (await ensureOne(seam.read(base), setting)).reference;
      // What the base took was said with the base.
      began = performance.now();
      progress(`images: ${recipe.name} ${version}: building${changed}: ${why}`);
      await attempt(recipe, () => seam.build(candidate, on));
      await seam.check(candidate);
    }
    await seam.adopt(candidate.reference, reference);
  } catch (error) {
    await seam.discard(candidate.reference);
    throw error;
  }
  const made = await seam.inspect(reference);
  if (made === null) throw new HoldfastError('no-image', `expected ${reference} after making it, found none`);
  progress(`images: ${recipe.name} ${version}: ${source} in ${seconds(began).toFixed(1)} s`);
  return { reference, version, source, why, digest: made.id, seconds: seconds(began) };
};

/**
 * A registry may call anything by a name, and a mirror of somebody's may lag behind: where the version is a number, the check of a
 * pulled image must print it. What is built is pinned by the recipe.
 */
const requireVersion = ({ version, check }: Recipe, printed: string): void => {
  if (!/^\d+(\.\d+)+$/.test(version)) return;
  if (new RegExp(`(?<![\\d.])${version.replaceAll('.', '\\.')}(?!\\d)`).test(printed)) return;
  throw new Error(`expected '${check.join(' ')}' to print ${version}, got: ${tail(printed, 3)}`);
};

const attempt = async (recipe: Recipe, step: () => Promise<void>): Promise<void> => {
  try {
    await step();
  } catch (cause) {
    if (cause instanceof HoldfastError) throw cause;
    throw new HoldfastError('no-image', `expected to make ${recipe.reference}, got ${(cause as Error).message}`, {
      hint: `try again; the recipe is ${recipe.folder}`,
      cause,
    });
  }
};
