import { join } from 'node:path';

/** A regression that is put into a stack on purpose: what to lay over its configuration, and which lines must show it. */
export type Planted = {
  readonly id: string;
  readonly kind: 'sabotage' | 'slower hop' | 'lower capacity';
  /** A folder of the project, or files to write: path → text. */
  readonly overlay: string | ReadonlyMap<string, string>;
  /** Globs over line ids: one of them must be a regression. */
  readonly shows: readonly string[];
};

const sabotage = (id: string, attack: string): Planted => ({
  id,
  kind: 'sabotage',
  overlay: join('fixtures/products/envoy/sabotage', id, 'overlay'),
  shows: [`attack ${attack}`],
});

const filters = '/static_resources/listeners/0/filter_chains/0/filters/0/typed_config/http_filters';

/** Place of the limit on all requests among the edge's filters. */
const edgeTotal = 0;

/** Envoy's own fault filter in front of the filters of a member's inbound listener: every request waits. */
const slower = (member: string, ms: number, routes: string): Planted => ({
  id: `${member}-${ms}ms-slower`,
  kind: 'slower hop',
  overlay: new Map([
    [
      `${member}/envoy.yaml.patch`,
      `- op: add
  path: ${filters}/0
  value:
    name: envoy.filters.http.fault
    typed_config:
      '@type': type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault
      delay: { fixed_delay: ${ms / 1000}s, percentage: { numerator: 100 } }
`,
    ],
  ]),
  shows: [`floor ${routes}`],
});

const bearsLess = (id: string, file: string, patch: string): Planted => ({
  id,
  kind: 'lower capacity',
  overlay: new Map([[file, patch]]),
  shows: ['throughput'],
});

/** A limit on a container, as somebody would set who counts the cost of processors. */
const throttled = (service: string, cpus: number): Planted =>
  bearsLess(
    `${service}-with-${cpus}-cpus`,
    'compose.yaml.patch',
    `- { op: add, path: /services/${service}/cpus, value: ${cpus} }\n`,
  );

/** A filter that computes something for every request. */
const costly = (member: string, rounds: number): Planted =>
  bearsLess(
    `costly-filter-in-${member}`,
    `${member}/envoy.yaml.patch`,
    `- op: add
  path: ${filters}/0
  value:
    name: envoy.filters.http.lua
    typed_config:
      '@type': type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua
      default_source_code:
        inline_string: |
          function envoy_on_request(handle)
            local sum = 0
            for i = 1, ${rounds} do sum = (sum * 31 + i) % 65521 end
            if sum < 0 then handle:logErr("never") end
          end
`,
  );

/** A rate limit in the wrong unit. */
const limited = (perSecond: number): Planted =>
  bearsLess(
    `rate-limit-of-${perSecond}`,
    'edge/envoy.yaml.patch',
    ['max_tokens', 'tokens_per_fill']
      .map(
        (name) =>
          `- { op: replace, path: ${filters}/${edgeTotal}/typed_config/token_bucket/${name}, value: ${perSecond} }\n`,
      )
      .join(''),
  );

/** Twenty regressions of the stack envoy-envoy: twelve known weaknesses, four slower hops, four stacks that bear less. */
export const planted: readonly Planted[] = [
  sabotage('any-audience', 'E3'),
  slower('edge', 5, '*'),
  sabotage('client-certificate-not-required', 'M3'),
  throttled('edge', 0.2),
  sabotage('hop-in-clear', 'M17'),
  sabotage('jwt-optional', 'E1'),
  slower('storefront', 10, '*'),
  sabotage('permissive-rule', 'E15'),
  limited(800),
  sabotage('plaintext-accepted', 'M1'),
  sabotage('server-not-verified', 'M16'),
  slower('orders', 10, '{orders,checkout,refund}'),
  sabotage('spoofed-headers-kept', 'E12'),
  costly('storefront', 100_000),
  sabotage('subject-not-compared', 'E15'),
  sabotage('workload-on-every-interface', 'M2'),
  slower('payments', 20, '{checkout,refund}'),
  sabotage('envoy-tls-floor-lowered', 'P2'),
  throttled('storefront-sidecar', 0.12),
  sabotage('any-mesh-identity', 'M4'),
];
