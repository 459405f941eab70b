import type { Compiler } from '../compiler.ts';
import { denyAll, strict } from './authentication.ts';
import { allow } from './authorization.ts';
import { checkExpressible } from './expressible.ts';
import { meshConfig } from './mesh-config.ts';
import { textOf } from './resource.ts';
import { routing } from './routing.ts';
import { spellings } from './spellings.ts';

/**
 * Compiles a policy for an Istio mesh: `istio/resources/<kind>-<name>.yaml` is what the control plane watches (mutual TLS and
 * nothing allowed for all, then an AuthorizationPolicy for each call, and the way of each call), `istio/mesh.yaml` the
 * configuration of the mesh, `istio/annotations` what Kubernetes would tell an agent of its pod. Throws `inexpressible`.
 */
export const istioMesh: Compiler = (policy, stack) => {
  checkExpressible(policy, stack);
  const resources = [
    strict,
    denyAll,
    spellings,
    ...policy.calls.flatMap((call) => (call.to === 'edge' ? [] : (allow(stack, call) ?? []))),
    ...routing(stack),
  ];
  const from = `compiled by Holdfast from the policy "${policy.id}" for the stack "${stack.id}".`;
  return new Map([
    ['istio/mesh.yaml', textOf(meshConfig(policy, stack), `The mesh, ${from}`)],
    // Zero: the agent opens no port for status and metrics to the network.
    ['istio/annotations', 'status.sidecar.istio.io/port="0"\n'],
    ...resources.map(
      (resource) =>
        [
          `istio/resources/${resource.kind}-${resource.metadata.name}.yaml`,
          textOf(resource, `${resource.kind}, ${from}`),
        ] as const,
    ),
  ]);
};
