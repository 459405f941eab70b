import { docker } from './client.ts';
import { roleLabel, runLabel } from './labels.ts';

/** A run of which the engine still has something. */
export type FoundRun = {
  readonly run: string;
  /** Its watchdog is running, so a harness holds it (or it is being taken down at this moment). */
  readonly live: boolean;
  readonly containers: number;
  readonly networks: number;
  readonly volumes: number;
};

/** Every run that has left anything in the engine, or is running. */
export const findRuns = async (): Promise<readonly FoundRun[]> => {
  const filters = { label: [runLabel] };
  const [containers, networks, volumes] = await Promise.all([
    docker().listContainers({ all: true, filters }),
    docker().listNetworks({ filters }),
    docker().listVolumes({ filters }),
  ]);
  const of = (labels: Readonly<Record<string, string>> | null | undefined): string => labels?.[runLabel] ?? '';
  const runs = new Set([...containers, ...networks, ...(volumes.Volumes ?? [])].map(({ Labels }) => of(Labels)));
  return [...runs].toSorted().map((run) => ({
    run,
    live: containers.some(
      ({ Labels, State }) => of(Labels) === run && Labels[roleLabel] === 'watchdog' && State === 'running',
    ),
    containers: containers.filter(({ Labels }) => of(Labels) === run).length,
    networks: networks.filter(({ Labels }) => of(Labels) === run).length,
    volumes: (volumes.Volumes ?? []).filter(({ Labels }) => of(Labels) === run).length,
  }));
};

/** Removes the watchdog of a run, which `removeRun` spares. */
export const removeWatchdog = async (run: string): Promise<void> => {
  const found = await docker().listContainers({
    all: true,
    filters: { label: [`${runLabel}=${run}`, `${roleLabel}=watchdog`] },
  });
  await Promise.allSettled(found.map(({ Id }) => docker().getContainer(Id).remove({ force: true })));
};

/** Removes every image that Holdfast made, and returns their names. Images that a container uses stay. */
export const removeImages = async (): Promise<readonly string[]> => {
  const images = await docker().listImages({ filters: { label: ['holdfast.recipe'] } });
  const removed: string[] = [];
  // An image goes only after those that stand on it: newest first.
  for (const { Id, RepoTags } of images.toSorted((a, b) => b.Created - a.Created)) {
    try {
      await docker().getImage(Id).remove({ force: false });
      removed.push(...(RepoTags ?? [Id]));
    } catch (error) {
      if ((error as { statusCode?: number }).statusCode !== 409) throw error;
    }
  }
  return removed;
};
