import {
  findHeld,
  findRuns,
  forgetHeld,
  pingEngine,
  removeImages,
  removeLeftFolders,
  removeRun,
  removeWatchdog,
  stopDaemon,
} from '../../execute/engine/index.ts';
import type { CommandContext, CommandModule } from '../index.ts';

type Options = { readonly all: boolean; readonly images: boolean; readonly engine: boolean };

/**
 * Removes what runs have left in the engine; those that a harness holds only with `all`, and a stack that `reproduce --hold` left
 * standing only with `all` or where it is named. Returns the runs that stay.
 */
const cleanRuns = async (
  only: readonly string[],
  all: boolean,
  { stdout, signal }: CommandContext,
): Promise<ReadonlySet<string>> => {
  const held = findHeld();
  const live = new Set<string>();
  for (const found of await findRuns()) {
    signal.throwIfAborted();
    const { run } = found;
    if (only.length > 0 && !only.includes(run)) {
      if (found.live) live.add(run);
      continue;
    }
    if (found.live && !all) {
      live.add(run);
      stdout.write(`${run}: is live, left alone; --all removes it too\n`);
      continue;
    }
    const since = held.find((one) => one.run === run)?.since;
    if (since !== undefined && only.length === 0 && !all) {
      live.add(run);
      stdout.write(`${run}: is held since ${since}, left alone; holdfast down ${run} ends it, --all too\n`);
      continue;
    }
    // The watchdog first, or its run would look live to whoever asks meanwhile.
    await removeWatchdog(run);
    await removeRun(run);
    forgetHeld(run);
    stdout.write(
      `${run}: removed ${found.containers} containers, ${found.networks} networks, ${found.volumes} volumes\n`,
    );
  }
  return live;
};

export const command: CommandModule = {
  name: 'clean',
  summary: 'removes what earlier runs left behind: containers, networks, volumes, scratch folders',
  examples: ['npx holdfast clean', 'npx holdfast clean --images', 'npx holdfast clean --all --engine'],
  register: (command, context) => {
    const { stdout, progress } = context;
    command
      .argument('[runs...]', 'only these runs')
      .option('--all', 'also runs that are live: their harness will fail', false)
      .option('--images', 'also the images that holdfast made; the next set-up makes them again', false)
      .option('--engine', 'also stop the Docker daemon, where holdfast started it', false)
      .action(async (runs: string[], options: Options) => {
        const engine = await pingEngine();
        if ('error' in engine)
          progress(`clean: no Docker engine answers (${engine.error}), so no container of a run is left`);
        const live = 'error' in engine ? new Set<string>() : await cleanRuns(runs, options.all, context);
        if (runs.length === 0)
          for (const path of removeLeftFolders(live, Date.now())) stdout.write(`${path}: removed\n`);
        if (options.images && !('error' in engine))
          for (const name of await removeImages()) stdout.write(`${name}: removed\n`);
        if (options.engine) await stopDaemon(progress);
        return 0;
      });
  },
};
