import { connectionManager, router } from '../envoy/index.ts';
import type { Json } from '../envoy/index.ts';

/** The workload's way to the next service: plain HTTP on the loopback that it shares with its sidecar, mutual TLS from there. */
export const outbound = (next: string): Json => ({
  name: 'outbound',
  address: { socket_address: { address: '127.0.0.1', port_value: 15001 } },
  per_connection_buffer_limit_bytes: 65536,
  filter_chains: [
    {
      filters: [
        connectionManager({
          stat_prefix: 'outbound',
          forward_client_cert_details: 'SANITIZE',
          http_filters: [router],
          route_config: {
            name: 'outbound',
            virtual_hosts: [
              {
                name: next,
                domains: ['*'],
                routes: [{ match: { prefix: '/' }, route: { cluster: next, timeout: '15s' } }],
              },
            ],
          },
        }),
      ],
    },
  ],
});
