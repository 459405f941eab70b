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
  overlay: join('fixtures/sabotage', id, 'overlay'),
  shows: [`attack ${attack}`],
});

const filters = '/static_resources/listeners/0/filter_chains/0/filters/0/typed_config/http_filters';

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

/** A limit on a container, as somebody would set who counts the cost of processors. */
const throttled = (service: string, cpus: number): Planted => ({
  id: `${service}-with-${cpus}-cpus`,
  kind: 'lower capacity',
  overlay: new Map([['compose.yaml.patch', `- { op: add, path: /services/${service}/cpus, value: ${cpus} }\n`]]),
  shows: ['throughput'],
});

/** Twenty regressions of the stack envoy-envoy: twelve known weaknesses, four slower hops, four stacks that bear less. */
export const planted: readonly Planted[] = [
  sabotage('any-audience', 'E3'),
  slower('edge', 5, '*'),
  sabotage('client-certificate-not-required', 'M3'),
  throttled('edge', 0.3),
  sabotage('hop-in-clear', 'M17'),
  sabotage('jwt-optional', 'E1'),
  slower('storefront', 10, '*'),
  sabotage('permissive-rule', 'E15'),
  throttled('storefront-sidecar', 0.3),
  sabotage('plaintext-accepted', 'M1'),
  sabotage('server-not-verified', 'M16'),
  slower('orders', 10, '{orders,checkout,refund}'),
  sabotage('spoofed-headers-kept', 'E12'),
  throttled('storefront', 0.2),
  sabotage('subject-not-compared', 'E15'),
  sabotage('workload-on-every-interface', 'M2'),
  slower('payments', 20, '{checkout,refund}'),
  sabotage('envoy-tls-floor-lowered', 'P2'),
  throttled('orders', 0.1),
  sabotage('any-mesh-identity', 'M4'),
];
