import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { HoldfastError } from '../../../model/index.ts';
import { tail } from '../host.ts';
import type { Host } from '../host.ts';
import type { Progress } from '../progress.ts';
import type { Recipe } from './recipe.ts';

/** Names some images together: the same recipes on the same architecture give the same key. For a cache between machines. Pure. */
export const recipesKey = (recipes: readonly Pick<Recipe, 'reference' | 'digest'>[]): string =>
  createHash('sha256')
    .update(
      recipes
        .map(({ reference, digest }) => `${reference} ${digest}\n`)
        .toSorted()
        .join(''),
    )
    .digest('hex');

const gib = (file: string): string => `${(statSync(file).size / 2 ** 30).toFixed(1)} GiB`;

/**
 * Brings the images of an archive into the engine. What is in it is believed no further than what is there already: an image counts
 * only under the digest of its recipe. A file that is not there, or that the engine refuses, is said, and costs no more than the time
 * to make the images anew.
 */
export const loadArchive = async (file: string, host: Host, progress: Progress): Promise<void> => {
  if (!existsSync(file)) return progress(`images: no archive at ${file}`);
  const { ok, output } = await host.run('docker', ['load', '--quiet', '--input', file]);
  progress(ok ? `images: loaded ${file}, ${gib(file)}` : `images: ${file} was refused: ${tail(output, 2)}`);
};

/** Writes images, with the layers that they share once, into a file; under another name until it is whole. Throws `internal`. */
export const saveArchive = async (
  references: readonly string[],
  file: string,
  host: Host,
  progress: Progress,
): Promise<void> => {
  mkdirSync(dirname(file), { recursive: true });
  const part = `${file}.part`;
  const { ok, output } = await host.run('docker', ['save', '--output', part, ...references]);
  if (!ok) {
    rmSync(part, { force: true });
    throw new HoldfastError('internal', `expected docker to save the images, got: ${tail(output, 3)}`, {
      hint: `is there room for ${file}?`,
    });
  }
  renameSync(part, file);
  progress(`images: saved ${file}, ${gib(file)}`);
};
