import type { Member } from './members.ts';

/**
 * A member and its sidecar, as they are registered with the server. `address` is the name in the mesh network; start.sh writes
 * the address there, for Envoy wants no names. No health checks: they would be cleartext beside the mesh, and there is one
 * instance of each.
 */
export const serviceDefinition = ({ id, called, port, workloadPort, upstreams }: Member): object => {
  const address = called ? id : '127.0.0.1';
  return {
    services: [
      { id, name: id, address, ...(workloadPort !== null && { port: workloadPort }) },
      {
        id: `${id}-sidecar-proxy`,
        name: `${id}-sidecar-proxy`,
        kind: 'connect-proxy',
        address,
        port,
        proxy: {
          destination_service_name: id,
          destination_service_id: id,
          local_service_address: '127.0.0.1',
          ...(workloadPort !== null && { local_service_port: workloadPort }),
          mode: 'direct',
          upstreams: upstreams.map((upstream) => ({
            destination_name: upstream.to,
            local_bind_address: '127.0.0.1',
            local_bind_port: upstream.port,
          })),
        },
      },
    ],
  };
};
