import { identityOf } from '../../model/index.ts';
import type { Call, Policy, Stack, StackService } from '../../model/index.ts';
import {
  accessPolicies,
  connectionManager,
  downstreamTls,
  rbacFilter,
  refuseOtherSpellings,
  router,
} from '../envoy/index.ts';
import type { Json, RbacPolicy } from '../envoy/index.ts';

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * A caller, twice over: its certificate names it, and names no one else. Envoy looks for one matching name among several, while an
 * X.509-SVID has exactly one (SPIFFE X.509-SVID, section 2); the header that our own TLS layer wrote shows whether it has.
 */
const caller = (id: string): Json => ({
  and_ids: {
    ids: [
      { authenticated: { principal_name: { exact: id } } },
      {
        header: {
          name: 'x-forwarded-client-cert',
          string_match: { safe_regex: { regex: `By=[^;,]*;Hash=[0-9a-f]*;URI=${escape(id)}` } },
        },
      },
    ],
  },
});

const policyOf = (stack: Stack, call: Call): RbacPolicy => ({
  permissions: accessPolicies(call.methods, call.paths),
  principals: [caller(identityOf(stack, call.from))],
});

/** The mesh side of a sidecar: mutual TLS, then the matrix of the policy, then the workload. */
export const inbound = (policy: Policy, stack: Stack, service: StackService): Json => {
  const calls = policy.calls.filter((call) => call.to === service.id);
  return {
    name: 'inbound',
    address: { socket_address: { address: '0.0.0.0', port_value: service.meshPort } },
    per_connection_buffer_limit_bytes: 65536,
    filter_chains: [
      {
        transport_socket: downstreamTls(policy),
        filters: [
          connectionManager({
            stat_prefix: 'inbound',
            forward_client_cert_details: 'SANITIZE_SET',
            set_current_client_cert_details: { uri: true },
            http_filters: [
              refuseOtherSpellings(),
              rbacFilter(
                'ALLOW',
                Object.fromEntries(calls.map((call) => [`${call.from}-to-${call.to}`, policyOf(stack, call)])),
                'calls',
              ),
              router,
            ],
            route_config: {
              name: 'inbound',
              virtual_hosts: [
                {
                  name: service.id,
                  domains: ['*'],
                  routes: [{ match: { prefix: '/' }, route: { cluster: 'workload', timeout: '15s' } }],
                },
              ],
            },
          }),
        ],
      },
    ],
  };
};
