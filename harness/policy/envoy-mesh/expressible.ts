import { HoldfastError } from '../../model/index.ts';
import type { Policy, Stack } from '../../model/index.ts';
import { inexpressible } from '../inexpressible.ts';

/** Throws `inexpressible` for what a sidecar cannot enforce and the policy does not waive. */
export const checkExpressible = (policy: Policy, stack: Stack): void => {
  for (const call of policy.calls) {
    const refuse = (reason: string, hint: string): void =>
      inexpressible(policy, { enforcer: 'envoy-mesh', part: `calls.${call.from}-${call.to}`, reason, hint });
    if (call.to === 'edge') refuse('the edge has no port in the mesh', 'remove this call');
    const subject = call.paths.find((path) => path.includes('{sub}'));
    if (subject === undefined) continue;
    refuse(
      `the path ${subject}: a sidecar does not know the subject, for the token ends at the edge`,
      'write /** there, and {sub} in a rule of the edge',
    );
  }
  for (const service of stack.services) {
    if (service.calls.length <= 1) continue;
    throw new HoldfastError(
      'inexpressible',
      `expected a stack that envoy-mesh can serve, found ${service.id} calling ${service.calls.join(' and ')}: a sidecar here leads out to one service`,
      { hint: 'make the services a chain' },
    );
  }
};
