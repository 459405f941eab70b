import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { docker } from '../../../harness/execute/engine/index.ts';

/** What the engine still has of a run, by the label of the harness and by compose's own, as names. Empty where it is gone. */
export const leftInEngine = async (run: string): Promise<readonly string[]> => {
  const left = await Promise.all(
    [`holdfast=${run}`, `com.docker.compose.project=${run}`].flatMap((label) => {
      const filters = { label: [label] };
      return [
        docker()
          .listContainers({ all: true, filters })
          .then((found) => found.flatMap(({ Names }) => Names)),
        docker()
          .listNetworks({ filters })
          .then((found) => found.map(({ Name }) => Name)),
        docker()
          .listVolumes({ filters })
          .then(({ Volumes }) => (Volumes ?? []).map(({ Name }) => Name)),
      ];
    }),
  );
  return [...new Set(left.flat())].toSorted();
};

/** The scratch folders of runs in a folder. A tool may leave a lock of its own there, which is nobody's secret. */
export const scratchFolders = (folder: string): readonly string[] =>
  readdirSync(folder).filter((name) => name.startsWith('holdfast-'));

/** Files that are left anywhere below the scratch folders in a folder; an empty folder is not a file. */
export const leftInScratch = (folder: string): readonly string[] =>
  scratchFolders(folder).flatMap((scratch) =>
    readdirSync(join(folder, scratch), { recursive: true, encoding: 'utf8' }).filter(
      (name) => !(statSync(join(folder, scratch, name), { throwIfNoEntry: false })?.isDirectory() ?? true),
    ),
  );

/** True as soon as `test` is, asked ten times a second; false where it is not after `withinMs`. */
export const soon = async (withinMs: number, test: () => Promise<boolean> | boolean): Promise<boolean> => {
  for (const until = performance.now() + withinMs; performance.now() < until;) {
    if (await test()) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return test();
};
