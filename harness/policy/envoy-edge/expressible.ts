import type { Policy, Stack } from '../../model/index.ts';
import { inexpressible } from '../inexpressible.ts';

/** Throws `inexpressible` for what this edge cannot enforce and the policy does not waive. */
export const checkExpressible = (policy: Policy, stack: Stack): void => {
  const refuse = (part: string, reason: string, hint: string): void =>
    inexpressible(policy, { enforcer: 'envoy-edge', part, reason, hint });
  const first = stack.services[0]!.id;
  for (const call of policy.calls) {
    if (call.from !== 'edge' || call.to === first) continue;
    refuse(
      `calls.edge-${call.to}`,
      `the edge leads to ${first} alone`,
      `let the edge call ${first}, and ${first} the next`,
    );
  }
  for (const limit of policy.rateLimits) {
    // Envoy counts in 32 bits.
    if (limit.requestsPerSecond <= 0xffffffff && limit.burst <= 0xffffffff) continue;
    refuse(`rateLimits.${limit.id}`, 'a bucket holds at most 4294967295 tokens', 'lower it, or leave it out');
  }
};
