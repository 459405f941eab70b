import type { Policy, Stack } from '../../model/index.ts';
import {
  connectionManager,
  extension,
  ownCertificate,
  refuseOtherSpellings,
  router,
  tlsParameters,
} from '../envoy/index.ts';
import type { Json } from '../envoy/index.ts';
import { accessLog } from './access-log.ts';
import { requiredClaims, rules } from './authorization.ts';
import { jwtAuthentication } from './jwt.ts';
import { rateLimit } from './rate-limit.ts';
import { stripIdentity } from './strip.ts';

/** The public side of the edge: TLS for the one public name, then every decision in the order of its cost. */
export const listener = (policy: Policy, stack: Stack): Json => ({
  name: 'public',
  address: { socket_address: { address: '0.0.0.0', port_value: stack.edge.port } },
  per_connection_buffer_limit_bytes: 32768,
  listener_filters: [
    extension(
      'envoy.filters.listener.tls_inspector',
      'envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector',
    ),
  ],
  listener_filters_timeout: '5s',
  filter_chains: [
    {
      // Another name, or none, finds no chain: no default certificate is shown.
      filter_chain_match: { server_names: [stack.edge.hostname] },
      transport_socket_connect_timeout: '10s',
      transport_socket: extension(
        'envoy.transport_sockets.tls',
        'envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext',
        {
          common_tls_context: {
            tls_params: tlsParameters(policy),
            tls_certificates: [ownCertificate('/etc/holdfast/public')],
            alpn_protocols: ['h2', 'http/1.1'],
          },
        },
      ),
      filters: [
        connectionManager({
          stat_prefix: 'public',
          use_remote_address: true,
          xff_num_trusted_hops: 0,
          forward_client_cert_details: 'SANITIZE',
          generate_request_id: true,
          strip_any_host_port: true,
          early_header_mutation_extensions: [stripIdentity],
          access_log: [accessLog],
          http_filters: filters(policy),
          route_config: route(stack),
        }),
      ],
    },
  ],
});

/** The filter that verifies tokens takes one also from between other words, and after several spaces; other edges do not. */
const tokenWithMore = {
  'token-with-more': {
    permissions: [{ header: { name: 'authorization', string_match: { safe_regex: { regex: 'Bearer .*[ \\t].*' } } } }],
    principals: [{ any: true }],
  },
};

const filters = (policy: Policy): readonly Json[] => {
  const limits = (per: 'edge' | 'subject') => policy.rateLimits.filter((limit) => limit.per === per).map(rateLimit);
  const claims = requiredClaims(policy);
  return [
    ...limits('edge'),
    refuseOtherSpellings(tokenWithMore),
    jwtAuthentication(policy),
    ...(claims === null ? [] : [claims]),
    ...limits('subject'),
    rules(policy),
    router,
  ];
};

const route = (stack: Stack): Json => ({
  name: 'public',
  virtual_hosts: [
    {
      name: stack.edge.service,
      domains: [stack.edge.hostname],
      routes: [{ match: { prefix: '/' }, route: { cluster: stack.services[0]!.id, timeout: '15s' } }],
    },
  ],
});
