import type { Compiler } from '../compiler.ts';
import { bootstrap, meshCluster, outboundCluster } from '../envoy/index.ts';
import { upstreamOf } from '../upstream.ts';
import { checkExpressible } from './expressible.ts';
import { listener } from './listener.ts';

/** Compiles a policy for Envoy at the edge: `edge/envoy.yaml`. Throws `inexpressible`. */
export const envoyEdge: Compiler = (policy, stack) => {
  checkExpressible(policy, stack);
  const to = stack.services[0]!.id;
  const { way, port } = upstreamOf(stack);
  const text = bootstrap({
    member: 'edge',
    policy: policy.id,
    stack: stack.id,
    listeners: [listener(policy, stack)],
    clusters: [way === 'sidecar' ? outboundCluster(to, port) : meshCluster(policy, stack, to)],
    connections: 8000,
  });
  return new Map([['edge/envoy.yaml', text]]);
};
