import { HoldfastError } from '../../model/index.ts';
import type { Policy, Stack } from '../../model/index.ts';
import { checkMeshCalls } from '../calls.ts';
import { identityForm } from './names.ts';

/** Throws `inexpressible` for what Istio cannot enforce and the policy does not waive, and for a stack that it cannot serve. */
export const checkExpressible = (policy: Policy, stack: Stack): void => {
  checkMeshCalls(policy, 'istio-mesh', 'an AuthorizationPolicy');
  const unfit = (found: string, hint: string): never => {
    throw new HoldfastError('inexpressible', `expected a stack that istio-mesh can serve, found ${found}`, { hint });
  };
  if (stack.controlPlane === null) unfit('no control plane', 'name its compose service in mesh.yaml: controlPlane');
  if (stack.edge.upstream !== 'sidecar')
    unfit(`an edge that calls the mesh by ${stack.edge.upstream}`, 'set edgeUpstream: sidecar in mesh.yaml');
  if (!identityForm.test(stack.identity))
    unfit(`the identity ${stack.identity}`, 'Istio issues spiffe://{trustDomain}/ns/default/sa/{member}');
  const forking = stack.services.find((service) => service.calls.length > 1);
  if (forking !== undefined)
    unfit(
      `${forking.id} calling ${forking.calls.join(' and ')}: a sidecar here leads out to one service`,
      'make the services a chain',
    );
};
