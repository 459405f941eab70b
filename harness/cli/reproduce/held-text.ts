import type { Held, HeldMember } from '../../execute/run/index.ts';
import { methodText } from '../run/index.ts';

/** The admin ports of a member of a stack, by its compose service; a sidecar has those of its service. */
const adminPortsOf = ({ stack }: Held, service: string): readonly number[] => {
  const { edge, controlPlane, services } = stack;
  if (service === edge.service) return edge.adminPorts;
  if (service === controlPlane?.service) return controlPlane.adminPorts;
  return services.find(({ sidecar }) => sidecar === service)?.adminPorts ?? [];
};

const memberText = (held: Held, toolbox: string, member: HeldMember): readonly string[] => {
  const { service, role, container, state, addresses } = member;
  const at = Object.entries(addresses).map(([network, address]) => `${address} (${network})`);
  return [
    `${service}, ${role}, ${state}${at.length === 0 ? '' : `, ${at.join(', ')}`}`,
    `  docker logs ${container}`,
    `  docker exec -it ${container} sh`,
    // Admin ports listen on the loopback of the container, and few of these images have a client in them.
    ...adminPortsOf(held, service).map(
      (port) => `  docker run --rm --network container:${container} ${toolbox} curl -s http://127.0.0.1:${port}/`,
    ),
  ];
};

/** A request that passes the whole edge, as `holdfast up` prints it. */
const curlText = ({ stack, members, folders, request, token }: Held): string => {
  const { hostname, port, service } = stack.edge;
  const address = members.find((member) => member.service === service)?.addresses['public'] ?? hostname;
  return (
    `curl --cacert ${folders.secrets}/edge-public/ca.pem --resolve ${hostname}:${port}:${address} ` +
    `-H 'authorization: Bearer ${token}' ${methodText(request.method)}https://${hostname}:${port}${request.path}`
  );
};

/** How to look around in a stack that is held: each member, where everything lies, a request that works, and how to end it. Pure. */
export const heldText = (held: Held, toolbox: string): string => {
  const { run, stack, members, folders } = held;
  return [
    `held: ${stack.title}, run ${run}`,
    '',
    ...members.flatMap((member) => memberText(held, toolbox, member)),
    '',
    `configuration as mounted: ${folders.config}`,
    `certificates and keys: ${folders.secrets}`,
    `journals of the workloads, the ground truth: ${folders.journal}`,
    '',
    'a request with a token that is good for some hours:',
    `  ${curlText(held)}`,
    '',
    `end it with: npx holdfast down ${run}`,
    '',
  ].join('\n');
};
