import { identityOf } from '../../model/index.ts';
import type { Stack, StackService } from '../../model/index.ts';
import { outboundPort } from '../upstream.ts';
import { hostOf, labelsOf, namespaceOf } from './names.ts';
import type { Resource, Value } from './resource.ts';

const v1beta1 = 'networking.istio.io/v1beta1';

/**
 * A service of the mesh, found by its name in the network. Its port is the one at which sidecars take calls for it from their own
 * workload, for that is how Istio joins the two; `targetPort` is where it listens.
 */
const entry = (stack: Stack, { id, meshPort }: StackService): Resource => ({
  apiVersion: v1beta1,
  kind: 'ServiceEntry',
  metadata: { name: id, namespace: namespaceOf(stack) },
  spec: {
    hosts: [hostOf(stack, id)],
    location: 'MESH_INTERNAL',
    resolution: 'DNS',
    ports: [{ number: outboundPort, targetPort: meshPort, name: 'http', protocol: 'HTTP' }],
    endpoints: [{ address: id }],
  },
});

/** How the service is called: by mutual TLS alone, and only where it proves its own identity. */
const destination = (stack: Stack, { id }: StackService): Resource => ({
  apiVersion: v1beta1,
  kind: 'DestinationRule',
  metadata: { name: id, namespace: namespaceOf(stack) },
  spec: {
    host: hostOf(stack, id),
    trafficPolicy: {
      tls: { mode: 'ISTIO_MUTUAL', sni: hostOf(stack, id), subjectAltNames: [identityOf(stack, id)] },
      connectionPool: { tcp: { connectTimeout: '1s' }, http: { h2UpgradePolicy: 'UPGRADE', idleTimeout: '240s' } },
    },
  },
});

/** The one way out of a member, once and no longer than 15 s: a retry, Istio's default, would hide the instant that we look for. */
const route = (stack: Stack, from: string, to: string): Resource => ({
  apiVersion: v1beta1,
  kind: 'VirtualService',
  metadata: { name: `${from}-to-${to}`, namespace: namespaceOf(stack) },
  spec: {
    // By whatever name a member calls its own sidecar; an edge may pass on the name that it was called by itself.
    hosts: [hostOf(stack, to), '127.0.0.1', 'localhost', ...(from === 'edge' ? [stack.edge.hostname] : [])],
    gateways: ['mesh'],
    http: [
      {
        match: [{ sourceLabels: labelsOf(from) }],
        timeout: '15s',
        retries: { attempts: 0 },
        route: [{ destination: { host: hostOf(stack, to), port: { number: outboundPort } } }],
      },
    ],
  },
});

/** The listeners of a sidecar that no iptables lead to: `in` from the mesh, `out` to the next service from the loopback alone. */
const sidecar = (stack: Stack, member: string, service: StackService | null, next: string | undefined): Resource => {
  const port = (number: number): Value => ({ number, name: 'http', protocol: 'HTTP' });
  const ingress = service && {
    port: port(service.meshPort),
    bind: '0.0.0.0',
    captureMode: 'NONE',
    defaultEndpoint: `127.0.0.1:${service.workloadPort}`,
  };
  const egress =
    next === undefined
      ? { hosts: ['~/*'] }
      : {
          port: port(outboundPort),
          bind: '127.0.0.1',
          captureMode: 'NONE',
          hosts: [`${namespaceOf(stack)}/${hostOf(stack, next)}`],
        };
  return {
    apiVersion: v1beta1,
    kind: 'Sidecar',
    metadata: { name: member, namespace: namespaceOf(stack) },
    spec: {
      workloadSelector: { labels: labelsOf(member) },
      // Idle connections are closed before the workload would close them.
      ...(ingress !== null && { ingress: [ingress], inboundConnectionPool: { http: { idleTimeout: '60s' } } }),
      egress: [egress],
    },
  };
};

/** Everything that leads a call from a member to the next one. */
export const routing = (stack: Stack): readonly Resource[] => [
  sidecar(stack, 'edge', null, stack.services[0]!.id),
  route(stack, 'edge', stack.services[0]!.id),
  ...stack.services.flatMap((service) => [
    entry(stack, service),
    destination(stack, service),
    sidecar(stack, service.id, service, service.calls[0]),
    ...service.calls.map((next) => route(stack, service.id, next)),
  ]),
];
