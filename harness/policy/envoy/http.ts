import { extension } from './extension.ts';
import type { Json } from './extension.ts';

/** The end of every filter chain. Envoy's own headers stay out of requests and answers. */
export const router: Json = extension('envoy.filters.http.router', 'envoy.extensions.filters.http.router.v3.Router', {
  suppress_envoy_headers: true,
});

/**
 * The HTTP part of a listener, with the time-outs and limits of Envoy's edge best practices, and no reading of a path
 * but the one that was sent: nothing is normalised, for what is not canonical is refused by the filters behind it.
 */
export const connectionManager = (config: { readonly [key: string]: Json }): Json =>
  extension(
    'envoy.filters.network.http_connection_manager',
    'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
    {
      codec_type: 'AUTO',
      normalize_path: false,
      merge_slashes: false,
      path_with_escaped_slashes_action: 'REJECT_REQUEST',
      common_http_protocol_options: {
        idle_timeout: '300s',
        headers_with_underscores_action: 'REJECT_REQUEST',
        max_headers_count: 100,
      },
      http2_protocol_options: {
        max_concurrent_streams: 100,
        initial_stream_window_size: 65536,
        initial_connection_window_size: 1048576,
      },
      max_request_headers_kb: 60,
      stream_idle_timeout: '30s',
      request_timeout: '30s',
      request_headers_timeout: '10s',
      // No banner: a client has no use for it (ASVS V13.4).
      server_header_transformation: 'PASS_THROUGH',
      ...config,
    },
  );
