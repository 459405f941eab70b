import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How old a folder must be before it counts as left behind: a run makes its scratch folder before its watchdog. */
const graceMs = { run: 60_000, build: 2 * 3600_000 };

/** Makes the scratch folder of a run, for this user only (0700). It holds private keys: remove it at the end of the run. */
export const makeScratch = (run: string): string => mkdtempSync(join(tmpdir(), `holdfast-${run}.`));

/** Makes a folder to build something in. */
export const makeBuildFolder = (name: string): string => mkdtempSync(join(tmpdir(), `holdfast-build-${name}.`));

/** Removes scratch and build folders that were left behind: those of runs that are not live, past a time of grace. Returns their paths. */
export const removeLeftFolders = (
  live: ReadonlySet<string>,
  now: number,
  folder: string = tmpdir(),
): readonly string[] => {
  const removed: string[] = [];
  for (const name of readdirSync(folder)) {
    const [, build, run] = /^holdfast-(?:(build-[a-z0-9-]+)|(r[0-9][a-z0-9-]*))\.[A-Za-z0-9]{6}$/.exec(name) ?? [];
    if (build === undefined && run === undefined) continue;
    if (run !== undefined && live.has(run)) continue;
    const path = join(folder, name);
    const age = now - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now);
    if (age < (run === undefined ? graceMs.build : graceMs.run)) continue;
    rmSync(path, { recursive: true, force: true });
    removed.push(path);
  }
  return removed;
};
