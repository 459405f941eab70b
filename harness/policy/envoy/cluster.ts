import { identityOf } from '../../model/index.ts';
import type { Policy, Stack } from '../../model/index.ts';
import { extension } from './extension.ts';
import type { Json } from './extension.ts';
import { upstreamTls } from './tls.ts';

// No breaker of ours may open before the stack itself gives way: the load test looks for that point.
const breakers: Json = {
  thresholds: [{ max_connections: 16384, max_pending_requests: 16384, max_requests: 16384, max_retries: 0 }],
};

const endpoint = (name: string, address: string, port: number): Json => ({
  cluster_name: name,
  endpoints: [{ lb_endpoints: [{ endpoint: { address: { socket_address: { address, port_value: port } } } }] }],
});

const httpOptions = (protocol: Json, idle: string): Json => ({
  'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': {
    '@type': 'type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
    explicit_http_config: protocol,
    common_http_protocol_options: { idle_timeout: idle },
  },
});

/** The next service of the mesh, by its name in the mesh network: mutual TLS, HTTP/2, its identity checked. */
export const meshCluster = (policy: Policy, stack: Stack, to: string): Json => {
  const port = stack.services.find((service) => service.id === to)!.meshPort;
  return {
    name: to,
    cluster_type: extension('envoy.cluster.dns', 'envoy.extensions.clusters.dns.v3.DnsCluster', {
      dns_lookup_family: 'V4_ONLY',
      // A next hop that moved is followed within a second; connections to an address that is gone are drained.
      dns_refresh_rate: '1s',
    }),
    connect_timeout: '1s',
    circuit_breakers: breakers,
    load_assignment: endpoint(to, to, port),
    transport_socket: upstreamTls(policy, identityOf(stack, to), `${to}.${stack.trustDomain}`),
    typed_extension_protocol_options: httpOptions({ http2_protocol_options: { max_concurrent_streams: 1000 } }, '300s'),
  };
};

/** The workload behind a sidecar, on the loopback that the two share. Idle connections are closed before the workload would. */
export const localCluster = (port: number): Json => loopback('workload', port);

/** The next service by way of a sidecar of another make, on the loopback that the two share. */
export const outboundCluster = (to: string, port: number): Json => loopback(to, port);

const loopback = (name: string, port: number): Json => ({
  name,
  type: 'STATIC',
  connect_timeout: '1s',
  circuit_breakers: breakers,
  load_assignment: endpoint(name, '127.0.0.1', port),
  typed_extension_protocol_options: httpOptions({ http_protocol_options: {} }, '60s'),
});
