import type Dockerode from 'dockerode';
import { HoldfastError } from '../../model/index.ts';
import type { Stack } from '../../model/index.ts';

/** A container of the stack, in the mesh network. */
export type Target = { readonly member: string; readonly id: string; readonly address: string };

/** What tells a run's own containers from all others. */
export type Scope = {
  readonly docker: Dockerode;
  readonly run: string;
  readonly project: string;
  readonly stack: Stack;
  readonly network: string;
};

/** The compose service whose network namespace a member of the mesh speaks from: its sidecar, or the edge itself. */
export const composeServiceOf = (stack: Stack, member: string): string | undefined =>
  member === 'edge' ? stack.edge.service : stack.services.find(({ id }) => id === member)?.sidecar;

/**
 * Finds a member's container and its address in the mesh. Throws `foreign-target` where this run did not start it: nothing else
 * is ever touched.
 */
export const findTarget = async ({ docker, run, project, stack, network }: Scope, member: string): Promise<Target> => {
  const service = composeServiceOf(stack, member);
  const found = await docker.listContainers({
    filters: { label: [`com.docker.compose.project=${project}`, `com.docker.compose.service=${service ?? ''}`] },
  });
  const own = found.filter(({ Labels }) => Labels['holdfast'] === run);
  const [container] = own;
  const address = container?.NetworkSettings.Networks[network]?.IPAddress;
  if (own.length !== 1 || found.length !== 1 || container === undefined || address === undefined || address === '') {
    throw new HoldfastError(
      'foreign-target',
      `expected one running container for ${member}, labelled holdfast=${run} and in ${network}; got ${own.length} of ${found.length}`,
      { hint: 'the harness touches only what the run started; see `docker ps --filter label=holdfast`' },
    );
  }
  return { member, id: container.Id, address };
};

/** Throws `foreign-target` where the network is not one of this run's. */
export const checkNetwork = async ({ docker, run, network }: Scope): Promise<void> => {
  const info = (await docker.getNetwork(network).inspect()) as { Labels?: Record<string, string> };
  if (info.Labels?.['holdfast'] !== run)
    throw new HoldfastError('foreign-target', `expected network ${network} to be labelled holdfast=${run}`);
};
