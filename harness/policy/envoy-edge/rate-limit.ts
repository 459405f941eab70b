import type { RateLimit } from '../../model/index.ts';
import { extension } from '../envoy/index.ts';
import type { Json } from '../envoy/index.ts';
import { jwtFilter, payloadKey } from './jwt.ts';

const all: Json = { default_value: { numerator: 100, denominator: 'HUNDRED' } };

const bucket = (limit: RateLimit): Json => ({
  max_tokens: limit.burst,
  tokens_per_fill: limit.requestsPerSecond,
  fill_interval: '1s',
});

/** A bucket for all requests together, shared by the worker threads of the edge. */
const forEdge = (limit: RateLimit): { readonly [key: string]: Json } => ({ token_bucket: bucket(limit) });

/**
 * A bucket for each subject of a verified token, made when it is first seen (a descriptor without a value); of the least
 * recently used ones more than 100,000 are given up. Nothing that a client can vary (address, header, connection) is in the key.
 */
const forSubject = (limit: RateLimit): { readonly [key: string]: Json } => ({
  token_bucket: { max_tokens: 4294967295, tokens_per_fill: 4294967295, fill_interval: '1s' },
  always_consume_default_token_bucket: false,
  max_dynamic_descriptors: 100000,
  descriptors: [{ entries: [{ key: 'subject' }], token_bucket: bucket(limit) }],
  rate_limits: [
    {
      actions: [
        {
          metadata: {
            descriptor_key: 'subject',
            metadata_key: { key: jwtFilter, path: [{ key: payloadKey }, { key: 'sub' }] },
            source: 'DYNAMIC',
          },
        },
      ],
    },
  ],
});

/** A rate limit of the policy (429 past it), counted under its id. */
export const rateLimit = (limit: RateLimit): Json =>
  extension('envoy.filters.http.local_ratelimit', 'envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit', {
    stat_prefix: limit.id,
    filter_enabled: all,
    filter_enforced: all,
    ...(limit.per === 'edge' ? forEdge(limit) : forSubject(limit)),
  });
