import type { Policy, Stack } from '../../model/index.ts';
import { checkEdgeCalls } from '../calls.ts';
import { inexpressible } from '../inexpressible.ts';

/** Throws `inexpressible` for what this edge cannot enforce and the policy does not waive. */
export const checkExpressible = (policy: Policy, stack: Stack): void => {
  const refuse = (part: string, reason: string, hint: string): void =>
    inexpressible(policy, { enforcer: 'envoy-edge', part, reason, hint });
  checkEdgeCalls(policy, stack, 'envoy-edge');
  for (const limit of policy.rateLimits) {
    // Envoy counts in 32 bits.
    if (limit.requestsPerSecond <= 0xffffffff && limit.burst <= 0xffffffff) continue;
    refuse(`rateLimits.${limit.id}`, 'a bucket holds at most 4294967295 tokens', 'lower it, or leave it out');
  }
};
