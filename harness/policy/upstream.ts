import { identityOf } from '../model/index.ts';
import type { AppService, Stack, Upstream } from '../model/index.ts';

/** Where an edge sends what it lets in. `name` and `identity` are what the server must prove on the way `mutual-tls`. */
export type UpstreamTarget = {
  readonly way: Upstream;
  readonly host: string;
  readonly port: number;
  /** DNS name in the server's certificate, and the SNI. */
  readonly name: string;
  /** SPIFFE ID in the server's certificate. */
  readonly identity: string;
};

/** The first port on the loopback, shared with its sidecar, by which a member calls the next service. */
export const outboundPort = 15001;

/**
 * The port by which every caller of a service calls it: 15001, or the next that no other service has with which it shares a caller. So one
 * service has one port everywhere, and a chain uses one port alone.
 */
export const outboundPortsOf = (services: readonly AppService[]): ReadonlyMap<string, number> => {
  const ports = new Map<string, number>();
  for (const { id } of services) {
    const besides = services.filter(({ calls }) => calls.includes(id)).flatMap(({ calls }) => calls);
    const taken = new Set(besides.map((other) => ports.get(other)));
    let port = outboundPort;
    while (taken.has(port)) port += 1;
    ports.set(id, port);
  }
  return ports;
};

/** The first service as the edge of a stack reaches it. */
export const upstreamOf = (stack: Stack): UpstreamTarget => {
  const [first] = stack.services as [Stack['services'][number]];
  const proof = { name: `${first.id}.${stack.trustDomain}`, identity: identityOf(stack, first.id) };
  return stack.edge.upstream === 'sidecar'
    ? { way: 'sidecar', host: '127.0.0.1', port: outboundPort, ...proof }
    : { way: stack.edge.upstream, host: first.id, port: first.meshPort, ...proof };
};
