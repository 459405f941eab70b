import type { EngineApi } from './api.ts';

/** What of a run is there: ids of containers and networks, names of volumes. */
export type Belongings = {
  readonly containers: readonly string[];
  readonly networks: readonly string[];
  readonly volumes: readonly string[];
};

type Listed = { readonly Id: string; readonly Labels?: Readonly<Record<string, string>> | null };

const query = (filters: Record<string, readonly string[]>): string => encodeURIComponent(JSON.stringify(filters));

const list = async (api: EngineApi, path: string): Promise<readonly unknown[]> => {
  const { status, body } = await api('GET', path);
  if (status !== 200) throw new Error(`expected a list from ${path}, got status ${status}`);
  if (Array.isArray(body)) return body;
  return (body as { Volumes: readonly unknown[] | null }).Volumes ?? [];
};

/**
 * Everything of a run: by the label `holdfast`, and by compose's own project label, for what compose made before the harness's
 * label reached it. Containers of the role `watchdog` are left out.
 */
export const belongings = async (api: EngineApi, run: string): Promise<Belongings> => {
  const both = async (path: string): Promise<readonly unknown[]> =>
    (
      await Promise.all(
        [`holdfast=${run}`, `com.docker.compose.project=${run}`].map((label) =>
          list(api, path + query({ label: [label] })),
        ),
      )
    ).flat();
  const [containers, networks, volumes] = await Promise.all([
    both('/containers/json?all=1&filters='),
    both('/networks?filters='),
    both('/volumes?filters='),
  ]);
  const ids = (found: readonly unknown[]): readonly string[] => [...new Set((found as Listed[]).map(({ Id }) => Id))];
  return {
    containers: ids((containers as Listed[]).filter(({ Labels }) => Labels?.['holdfast.role'] !== 'watchdog')),
    networks: ids(networks),
    volumes: [...new Set((volumes as { Name: string }[]).map(({ Name }) => Name))],
  };
};

/** How many things those are. */
export const countOf = ({ containers, networks, volumes }: Belongings): number =>
  containers.length + networks.length + volumes.length;

/**
 * Removes everything of a run once: containers first, by force, then networks and volumes, which only go when no container holds
 * them. One after another: Docker 20.10 locks up for good when two containers of one network end at the same moment (in its
 * libnetwork, getSvcRecords takes the network's lock before the controller's, processEndpointDelete the other way round).
 * What refuses (a removal in progress, an endpoint not yet gone) is left for the next sweep. Returns what was there.
 */
export const sweep = async (api: EngineApi, run: string): Promise<Belongings> => {
  const found = await belongings(api, run);
  for (const path of [
    ...found.containers.map((id) => `/containers/${id}?force=1&v=1`),
    ...found.networks.map((id) => `/networks/${id}`),
    ...found.volumes.map((name) => `/volumes/${encodeURIComponent(name)}?force=1`),
  ]) {
    await api('DELETE', path).catch(() => undefined);
  }
  return found;
};
