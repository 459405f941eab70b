import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeScratch } from '../engine/index.ts';

/** The folder of a run that is gone when the run is: keys, tokens, journals, captures. */
export type Scratch = {
  readonly root: string;
  readonly config: string;
  readonly secrets: string;
  readonly journal: string;
  readonly load: string;
  /** Removes everything. Idempotent. */
  readonly remove: () => void;
};

/** Makes the scratch folder of a run with a folder for each instrument. Effects: file system. */
export const createScratch = (run: string): Scratch => {
  const root = makeScratch(run);
  const folder = (name: string): string => {
    const path = join(root, name);
    mkdirSync(path);
    return path;
  };
  for (const name of ['agent', 'actions', 'tap']) folder(name);
  return {
    root,
    config: folder('config'),
    secrets: folder('secrets'),
    journal: folder('journal'),
    load: folder('load'),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
};
