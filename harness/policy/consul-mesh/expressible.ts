import { HoldfastError } from '../../model/index.ts';
import type { Policy, Stack } from '../../model/index.ts';
import { checkMeshCalls } from '../calls.ts';

const identity = /^spiffe:\/\/\{trustDomain\}\/ns\/default\/dc\/[a-z0-9-]+\/svc\/\{member\}$/;
const trustDomain = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.consul$/;

/** Throws `inexpressible` for what Consul cannot enforce and the policy does not waive, and for a stack that it cannot serve. */
export const checkExpressible = (policy: Policy, stack: Stack): void => {
  checkMeshCalls(policy, 'consul-mesh', 'an intention');
  const unfit = (found: string, hint: string): never => {
    throw new HoldfastError('inexpressible', `expected a stack that consul-mesh can serve, found ${found}`, { hint });
  };
  if (stack.controlPlane === null) unfit('no control plane', 'name its compose service in mesh.yaml: controlPlane');
  if (stack.edge.upstream !== 'sidecar')
    unfit(`an edge that calls the mesh by ${stack.edge.upstream}`, 'set edgeUpstream: sidecar in mesh.yaml');
  if (!trustDomain.test(stack.trustDomain))
    unfit(`the trust domain ${stack.trustDomain}`, 'Consul makes it of the id of its cluster: <uuid>.consul');
  if (!identity.test(stack.identity))
    unfit(`the identity ${stack.identity}`, 'Consul issues spiffe://{trustDomain}/ns/default/dc/dc1/svc/{member}');
};
