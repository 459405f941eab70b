import type Docker from 'dockerode';
import { HoldfastError } from '../../model/index.ts';

/** What of a network may be sent to: its subnets, and the addresses of the containers in it. */
export type OwnNetwork = { readonly subnets: readonly string[]; readonly addresses: ReadonlySet<string> };

/** Reads a network that this run started. Throws `foreign-target` where it is not the run's own. */
export const ownNetwork = async (docker: Docker, run: string, name: string): Promise<OwnNetwork> => {
  const found = (await docker.getNetwork(name).inspect()) as Docker.NetworkInspectInfo;
  const owner = found.Labels?.['holdfast'];
  if (owner !== run)
    throw new HoldfastError(
      'foreign-target',
      `expected ${name} to be a network of the run ${run}, found ${owner ?? 'no label'}`,
      {
        hint: 'the harness sends only into networks that it started itself',
      },
    );
  return {
    subnets: (found.IPAM?.Config ?? []).flatMap(({ Subnet }) => Subnet ?? []),
    addresses: new Set(Object.values(found.Containers ?? {}).map(({ IPv4Address }) => IPv4Address.split('/')[0]!)),
  };
};

/** Throws `foreign-target` where an address is not that of a container in the run's networks. */
export const assertOwn = (addresses: Readonly<Record<string, string>>, networks: readonly OwnNetwork[]): void => {
  for (const [member, address] of Object.entries(addresses))
    if (!networks.some((network) => network.addresses.has(address)))
      throw new HoldfastError('foreign-target', `expected ${member} to be a container of the run, found ${address}`, {
        hint: 'the harness sends only to containers that it started itself',
      });
};
