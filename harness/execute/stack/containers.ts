import type Dockerode from 'dockerode';
import { runLabel } from '../engine/index.ts';

/** A running container of the stack. */
export type Member = { readonly service: string; readonly id: string; readonly state: string; readonly image: string };

/** The containers that compose started for a run, by compose service. */
export const containersOf = async (docker: Dockerode, run: string): Promise<ReadonlyMap<string, Member>> => {
  const found = await docker.listContainers({
    all: true,
    filters: { label: [`${runLabel}=${run}`, 'com.docker.compose.service'] },
  });
  return new Map(
    found.map(({ Id, State, ImageID, Labels }) => {
      const service = Labels['com.docker.compose.service']!;
      return [service, { service, id: Id, state: State, image: ImageID }];
    }),
  );
};
