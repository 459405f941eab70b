import type { Compiler } from '../compiler.ts';
import { bootstrap, meshCluster } from '../envoy/index.ts';
import { checkExpressible } from './expressible.ts';
import { listener } from './listener.ts';

/** Compiles a policy for Envoy at the edge: `edge/envoy.yaml`. Throws `inexpressible`. */
export const envoyEdge: Compiler = (policy, stack) => {
  checkExpressible(policy, stack);
  const text = bootstrap({
    member: 'edge',
    policy: policy.id,
    stack: stack.id,
    listeners: [listener(policy, stack)],
    clusters: [meshCluster(policy, stack, stack.services[0]!.id)],
    connections: 8000,
  });
  return new Map([['edge/envoy.yaml', text]]);
};
