import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const markFile = 'held.json';
const shape = z.object({ run: z.string(), stack: z.string(), since: z.string() });

/** A run whose stack was left standing on purpose. `since`: ISO 8601. */
export type HeldMark = z.infer<typeof shape>;

/** Marks the run of a scratch folder as held. Effects: writes a file. */
export const markHeld = (scratch: string, mark: HeldMark): void =>
  writeFileSync(join(scratch, markFile), `${JSON.stringify(mark)}\n`);

/** The runs that are held, with their scratch folders. Effects: reads the folder for temporary files. */
export const findHeld = (folder: string = tmpdir()): readonly (HeldMark & { readonly scratch: string })[] =>
  readdirSync(folder)
    .filter((name) => /^holdfast-r[0-9][a-z0-9-]*\.[A-Za-z0-9]{6}$/.test(name))
    .flatMap((name) => {
      const scratch = join(folder, name);
      try {
        const mark = shape.parse(JSON.parse(readFileSync(join(scratch, markFile), 'utf8')));
        // The name decides which run a folder is of: the mark is only a file in it.
        return name.startsWith(`holdfast-${mark.run}.`) ? [{ ...mark, scratch }] : [];
      } catch {
        return [];
      }
    });

/** Removes the scratch folder of a held run, and with it keys, journals and the mark. Idempotent. */
export const forgetHeld = (run: string, folder: string = tmpdir()): void => {
  for (const held of findHeld(folder)) if (held.run === run) rmSync(held.scratch, { recursive: true, force: true });
};
