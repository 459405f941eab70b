import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { HoldfastError } from '../../model/index.ts';
import type { OverlayDiff } from '../../model/index.ts';
import { nearest } from '../yaml/index.ts';
import { patchYaml } from './patch.ts';

const suffix = '.patch';

/**
 * Applies the overlay in `folder` to a rendered configuration. A file replaces the one at its path; `X.patch` (a YAML list of
 * RFC 6902 operations) patches the YAML file `X`. Gives the new files and a unified diff of each that differs.
 * Throws `bad-input` where a path is not in the configuration, and where a patch fails or changes nothing.
 */
export const applyOverlay = (
  files: ReadonlyMap<string, string>,
  folder: string,
): { readonly files: ReadonlyMap<string, string>; readonly diff: readonly OverlayDiff[] } => {
  const changed = new Map(files);
  for (const path of listFiles(folder)) {
    const file = join(folder, path);
    if (files.has(path)) {
      changed.set(path, readFileSync(file, 'utf8'));
      continue;
    }
    const target = path.slice(0, -suffix.length);
    if (!path.endsWith(suffix) || !files.has(target)) throw unknownPath(path, file, files);
    changed.set(target, patchYaml(changed.get(target)!, target, file));
  }
  const diff = [...changed].filter(([path, text]) => text !== files.get(path));
  return {
    files: changed,
    diff: diff.map(([path, text]) => ({ file: path, diff: unified(path, files.get(path)!, text) })),
  };
};

/** Sorted, so that a replacement of `X` is in place before `X.patch` patches it. Paths with `/` on every system. */
const listFiles = (folder: string): readonly string[] => {
  const list = (at: string): string[] =>
    readdirSync(join(folder, at), { withFileTypes: true }).flatMap((entry) => {
      const path = at === '' ? entry.name : `${at}/${entry.name}`;
      return entry.isDirectory() ? list(path) : [path];
    });
  try {
    return list('').toSorted();
  } catch (cause) {
    throw new HoldfastError('bad-input', 'expected the folder of an overlay, found none that can be read', {
      hint: 'begin one with: npx holdfast run PLAN --render DIR',
      place: { file: folder },
      cause,
    });
  }
};

const unknownPath = (path: string, file: string, files: ReadonlyMap<string, string>): HoldfastError => {
  const known = [...files.keys()];
  const near = nearest(path.endsWith(suffix) ? path.slice(0, -suffix.length) : path, known);
  return new HoldfastError(
    'bad-input',
    `expected a file of the configuration, or one with ${suffix} after its name, found "${path}"`,
    {
      hint: `there is: ${known.join(', ')}${near === undefined ? '' : `; did you mean "${near}"?`}`,
      place: { file },
    },
  );
};

const unified = (path: string, before: string, after: string): string =>
  createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, { context: 3 });
