import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { HoldfastError } from '../../model/index.ts';
import type { OverlayDiff } from '../../model/index.ts';
import { nearest } from '../yaml/index.ts';
import { patchText } from './diff.ts';
import { patchYaml } from './patch.ts';

/** What changes a file of the configuration instead of replacing it, by what is added to its name. */
const patchers = { '.patch': patchYaml, '.diff': patchText } as const;

/**
 * Applies the overlay in `folder` to a rendered configuration. A file replaces the one at its path; `X.patch` (a YAML list of
 * RFC 6902 operations) patches the YAML file `X`, `X.diff` (a unified diff) any file `X`. Gives the new files and a unified diff of each that differs.
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
    const [target, patch] = patchOf(path) ?? [];
    if (patch === undefined || !files.has(target!)) throw unknownPath(path, file, files);
    changed.set(target!, patch(changed.get(target!)!, target!, file));
  }
  const diff = [...changed].filter(([path, text]) => text !== files.get(path));
  return {
    files: changed,
    diff: diff.map(([path, text]) => ({ file: path, diff: unified(path, files.get(path)!, text) })),
  };
};

/** The file that a patch is for, and what applies it; null for what is no patch. */
const patchOf = (path: string): readonly [target: string, patch: typeof patchYaml] | null => {
  const [suffix, patch] = Object.entries(patchers).find(([end]) => path.endsWith(end)) ?? [];
  return suffix === undefined || patch === undefined ? null : [path.slice(0, -suffix.length), patch];
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
  const near = nearest(patchOf(path)?.[0] ?? path, known);
  return new HoldfastError(
    'bad-input',
    `expected a file of the configuration, or one with ${Object.keys(patchers).join(' or ')} after its name, found "${path}"`,
    {
      hint: `there is: ${known.join(', ')}${near === undefined ? '' : `; did you mean "${near}"?`}`,
      place: { file },
    },
  );
};

const unified = (path: string, before: string, after: string): string =>
  createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, { context: 3 });
