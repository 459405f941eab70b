import { Document } from 'yaml';
import type { Json } from './extension.ts';

/** Parts of one Envoy's configuration. */
export type Bootstrap = {
  /** Whose it is: `edge` or a service. */
  readonly member: string;
  readonly policy: string;
  readonly stack: string;
  readonly listeners: readonly Json[];
  readonly clusters: readonly Json[];
  /** Most connections that are accepted at a time. */
  readonly connections: number;
};

/** The text of an Envoy configuration. The admin interface answers on the loopback of its own network namespace alone. */
export const bootstrap = ({ member, policy, stack, listeners, clusters, connections }: Bootstrap): string => {
  const document = new Document(
    {
      node: { id: member, cluster: stack },
      admin: { address: { socket_address: { address: '127.0.0.1', port_value: 15000 } } },
      static_resources: { listeners, clusters },
      overload_manager: {
        resource_monitors: [
          {
            name: 'envoy.resource_monitors.global_downstream_max_connections',
            typed_config: {
              '@type':
                'type.googleapis.com/envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig',
              max_active_downstream_connections: connections,
            },
          },
        ],
      },
    },
    // Envoy reads YAML 1.1, in which a bare `y` or `on` is a truth value.
    { aliasDuplicateObjects: false, compat: 'yaml-1.1' },
  );
  document.commentBefore = ` Envoy of ${member}, compiled by Holdfast from the policy "${policy}" for the stack "${stack}".\n To try a change, put a changed copy or a .patch into an overlay.`;
  return document.toString({ lineWidth: 120 });
};
