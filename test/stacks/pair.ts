import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthority } from '../../harness/execute/identity/index.ts';
import { docker, ensureImages, labels } from '../../harness/execute/engine/index.ts';
import { newRunId } from '../../harness/execute/run/id.ts';
import type { Policy, Stack } from '../../harness/model/index.ts';

/**
 * A caller and a callee, both real Envoy: the smallest thing that has a hop. The caller listens in clear on one port per way in
 * which it calls `orders`: `sound` with mutual TLS and a check of the callee's identity, `trusting` without any check,
 * `clear` and `clear2` without TLS. The callee answers by itself and logs the identity of each request.
 */
export const ways = { sound: 9001, trusting: 9002, clear: 9003, clear2: 9004 } as const;
export type Way = keyof typeof ways;

const service = (id: string, calls: string[]) => ({
  id,
  sidecar: `${id}-sidecar`,
  workload: id,
  meshPort: 15_443,
  workloadPort: 8080,
  adminPorts: [],
  calls,
});
export const stack: Stack = {
  id: 'pair',
  title: 'A caller and a callee',
  folder: '/',
  policy: '',
  trustDomain: 'shop.holdfast.test',
  compilers: { edge: 'envoy', mesh: 'envoy' },
  edge: { service: 'edge', hostname: 'shop.holdfast.test', port: 8443 },
  services: [service('storefront', ['orders']), service('orders', []), service('payments', [])],
  images: [],
  notApplicable: {},
};
const policy: Policy = {
  id: 'none',
  tls: { minimum: '1.3' },
  authentication: { issuer: 'i', audience: 'a', algorithm: 'ES256', claims: {} },
  roles: {},
  rules: [],
  calls: [],
  rateLimits: [],
};

const certificates = `
          tls_certificates: [{certificate_chain: {filename: /secrets/cert.pem}, private_key: {filename: /secrets/key.pem}}]
          tls_params: {tls_minimum_protocol_version: TLSv1_3, tls_maximum_protocol_version: TLSv1_3}
          alpn_protocols: [h2]`;
const accepts = (member: string): string => `
          validation_context:
            trusted_ca: {filename: /secrets/ca.pem}
            match_typed_subject_alt_names: [{san_type: URI, matcher: {exact: spiffe://shop.holdfast.test/${member}}}]`;
const manager = (routes: string, log = ''): string => `
      filters:
      - name: http
        typed_config:
          '@type': type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
          stat_prefix: in
          codec_type: AUTO
          ${log}
          http_filters: [{name: router, typed_config: {'@type': type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}}]
          route_config: {virtual_hosts: [{name: all, domains: ['*'], routes: [{match: {prefix: /}, ${routes}}]}]}`;

const cluster = (way: Way): string => {
  const http2 = way === 'clear' ? 'http_protocol_options: {}' : 'http2_protocol_options: {}';
  const tls = `
      transport_socket:
        name: tls
        typed_config:
          '@type': type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
          sni: orders
          common_tls_context:${certificates.replaceAll('\n', '\n  ')}${way === 'sound' ? accepts('orders').replaceAll('\n', '\n  ') : ''}`;
  return `
    - name: ${way}
      type: STRICT_DNS
      connect_timeout: 1s
      load_assignment: {cluster_name: ${way}, endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: orders, port_value: 15443}}}}]}]}
      typed_extension_protocol_options:
        envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
          '@type': type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
          explicit_http_config: {${http2}}${way.startsWith('clear') ? '' : tls}`;
};
const caller = (): string => `static_resources:
  listeners:${Object.entries(ways)
    .map(
      ([way, port]) => `
  - address: {socket_address: {address: 0.0.0.0, port_value: ${port}}}
    filter_chains:
    - ${manager(`route: {cluster: ${way}, timeout: 3s}`).trimStart()}`,
    )
    .join('')}
  clusters:${(Object.keys(ways) as Way[]).map(cluster).join('')}
`;
const log = `access_log: [{name: out, typed_config: {'@type': type.googleapis.com/envoy.extensions.access_loggers.stream.v3.StdoutAccessLog, log_format: {text_format_source: {inline_string: "ID %REQ(x-holdfast-id)%\\n"}}}}]`;
const tlsFilterChain = `
    - transport_socket:
        name: tls
        typed_config:
          '@type': type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
          require_client_certificate: true
          common_tls_context:${certificates.replaceAll('\n', '\n  ')}${accepts('storefront').replaceAll('\n', '\n  ')}`;
const callee = (permissive: boolean): string => `static_resources:
  listeners:
  - address: {socket_address: {address: 0.0.0.0, port_value: 15443}}
    filter_chains:${permissive ? '\n    -' : tlsFilterChain}${manager('direct_response: {status: 200}', log).replace(/^\s+/, permissive ? ' ' : '\n      ')}
`;

/** Starts the pair in a network of its own. `permissive`: the callee speaks without TLS, which is what a tap must find. */
export const startPair = async ({ permissive = false } = {}) => {
  const run = newRunId(new Date());
  const quiet = Object.assign(() => undefined, {});
  const images = await ensureImages(['envoy', 'mitmproxy', 'workload', 'toolbox'], quiet as never);
  const image = (name: string): string => images.get(name)!.reference;
  const scratch = await mkdtemp(join(tmpdir(), 'holdfast-pair-'));
  const authority = await createAuthority({ run, stack, policy, now: new Date(), validForMs: 3_600_000 });
  await authority.writeSecrets(join(scratch, 'secrets'));
  await writeFile(join(scratch, 'caller.yaml'), caller());
  await writeFile(join(scratch, 'callee.yaml'), callee(permissive));
  for (const name of ['mitm', 'tap']) await mkdir(join(scratch, name));

  const client = docker();
  const network = `${run}_mesh`;
  const outside = `${run}_public`;
  const third = 100 + Math.floor(Math.random() * 75) * 2;
  for (const [index, Name] of [network, outside].entries())
    await client.createNetwork({
      Name,
      Labels: labels(run, 'network'),
      IPAM: { Driver: 'default', Config: [{ Subnet: `198.18.${third + index}.0/24` }] },
    });
  const start = async (member: string, config: string) => {
    const container = await client.createContainer({
      name: `${run}-${member}`,
      Image: image('envoy'),
      Entrypoint: ['envoy'],
      Cmd: ['-c', '/config.yaml', '--concurrency', '1', '--log-level', 'warning'],
      Labels: {
        ...labels(run, 'sidecar'),
        'com.docker.compose.project': run,
        'com.docker.compose.service': `${member}-sidecar`,
      },
      HostConfig: {
        Binds: [`${join(scratch, config)}:/config.yaml:ro`, `${join(scratch, 'secrets', member)}:/secrets:ro`],
      },
      NetworkingConfig: { EndpointsConfig: { [network]: { Aliases: [member] } } },
    });
    await container.start();
    return container;
  };
  const orders = await start('orders', 'callee.yaml');
  const storefront = await start('storefront', 'caller.yaml');
  // Requests come in over another network, so that the mesh carries nothing but the hop.
  await client.getNetwork(outside).connect({ Container: storefront.id });
  const address = (await storefront.inspect()).NetworkSettings.Networks[outside]!.IPAddress;

  /** Sends a request through the caller; the status that came back. */
  const send = async (way: Way, id: string): Promise<number> =>
    (await fetch(`http://${address}:${ways[way]}/orders`, { headers: { 'x-holdfast-id': id } })).status;
  /** Identities that reached the callee. */
  const witnessed = async (): Promise<string[]> => {
    const text = String(await orders.logs({ stdout: true }));
    return [...text.matchAll(/ID (\S+)/g)].map((match) => match[1]!);
  };
  const stop = async (): Promise<void> => {
    for (const { Id } of await client.listContainers({ all: true, filters: { label: [`holdfast=${run}`] } }))
      await client.getContainer(Id).remove({ force: true });
    for (const name of [network, outside]) await client.getNetwork(name).remove();
    await rm(scratch, { recursive: true });
  };
  const ready = async (way: Way): Promise<void> => {
    for (let tries = 0; tries < 100; tries += 1) {
      if ((await send(way, 'warm-up').catch(() => 0)) === 200) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(
      `the pair did not come up: ${String(await orders.logs({ stderr: true, stdout: true }))} ${String(await storefront.logs({ stderr: true }))}`,
    );
  };
  return { run, scratch, network, image, authority, send, witnessed, ready, stop, readFile };
};
