import type { Compiler } from '../compiler.ts';
import { bootstrap, localCluster, meshCluster } from '../envoy/index.ts';
import { checkExpressible } from './expressible.ts';
import { inbound } from './inbound.ts';
import { outbound } from './outbound.ts';

/**
 * Compiles a policy for sidecars of Envoy: `<service>/envoy.yaml` for each service, which lets in exactly the callers, methods and
 * paths of `calls`, and leads out to the next service alone. Throws `inexpressible`.
 */
export const envoyMesh: Compiler = (policy, stack) => {
  checkExpressible(policy, stack);
  return new Map(
    stack.services.map((service) => {
      const [next] = service.calls;
      const text = bootstrap({
        member: service.id,
        policy: policy.id,
        stack: stack.id,
        listeners: [inbound(policy, stack, service), ...(next === undefined ? [] : [outbound(next)])],
        clusters: [
          localCluster(service.workloadPort),
          ...(next === undefined ? [] : [meshCluster(policy, stack, next)]),
        ],
        connections: 8000,
      });
      return [`${service.id}/envoy.yaml`, text];
    }),
  );
};
