import { HoldfastError } from '../../model/index.ts';
import type { Policy, Stack } from '../../model/index.ts';
import { checkMeshCalls } from '../calls.ts';

/** Throws `inexpressible` for what a sidecar cannot enforce and the policy does not waive. */
export const checkExpressible = (policy: Policy, stack: Stack): void => {
  checkMeshCalls(policy, 'envoy-mesh', 'a sidecar');
  for (const service of stack.services) {
    if (service.calls.length <= 1) continue;
    throw new HoldfastError(
      'inexpressible',
      `expected a stack that envoy-mesh can serve, found ${service.id} calling ${service.calls.join(' and ')}: a sidecar here leads out to one service`,
      { hint: 'make the services a chain' },
    );
  }
};
