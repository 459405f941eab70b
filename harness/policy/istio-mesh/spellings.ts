import { canonicalPath } from '../path/index.ts';
import { rootNamespace } from './names.ts';
import type { Resource, Value } from './resource.ts';

const manager = 'envoy.filters.network.http_connection_manager';
const match: Value = { context: 'SIDECAR_INBOUND', listener: { filterChain: { filter: { name: manager } } } };

/**
 * What Istio's own API has no words for, in the words of Envoy: a path that is not canonical is refused before any rule is asked
 * (an AuthorizationPolicy knows exact paths, prefixes and suffixes), and the time-outs and limits of Envoy's edge best practices.
 */
export const spellings: Resource = {
  apiVersion: 'networking.istio.io/v1alpha3',
  kind: 'EnvoyFilter',
  metadata: { name: 'one-spelling', namespace: rootNamespace },
  spec: {
    configPatches: [
      {
        applyTo: 'HTTP_FILTER',
        match,
        patch: {
          operation: 'INSERT_FIRST',
          value: {
            name: 'holdfast.one-spelling',
            typed_config: {
              '@type': 'type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC',
              rules: {
                action: 'DENY',
                policies: {
                  'not-canonical': {
                    permissions: [{ not_rule: { url_path: { path: { safe_regex: { regex: canonicalPath } } } } }],
                    principals: [{ any: true }],
                  },
                },
              },
            },
          },
        },
      },
      {
        applyTo: 'NETWORK_FILTER',
        match,
        patch: {
          operation: 'MERGE',
          value: {
            typed_config: {
              '@type':
                'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
              common_http_protocol_options: {
                idle_timeout: '300s',
                headers_with_underscores_action: 'REJECT_REQUEST',
                max_headers_count: 100,
              },
              stream_idle_timeout: '30s',
              request_timeout: '30s',
              request_headers_timeout: '10s',
            },
          },
        },
      },
    ],
  },
};
