import { HoldfastError } from '../../model/index.ts';
import type { Policy, Stack } from '../../model/index.ts';

/** Throws `inexpressible` for what this edge cannot enforce, naming the part, the reason, and what to do. */
export const checkExpressible = (policy: Policy, stack: Stack): void => {
  const refuse = (what: string, reason: string, hint: string): never => {
    throw new HoldfastError(
      'inexpressible',
      `expected a policy that envoy-edge can enforce, found ${what}: ${reason}`,
      { hint },
    );
  };
  const first = stack.services[0]!.id;
  for (const call of policy.calls) {
    if (call.from !== 'edge' || call.to === first) continue;
    refuse(
      `the call edge → ${call.to}`,
      `the edge leads to ${first} alone`,
      `let the edge call ${first}, and ${first} the next`,
    );
  }
  for (const limit of policy.rateLimits) {
    // Envoy counts in 32 bits.
    if (limit.requestsPerSecond <= 0xffffffff && limit.burst <= 0xffffffff) continue;
    refuse(`the rate limit ${limit.id}`, 'a bucket holds at most 4294967295 tokens', 'lower it, or leave it out');
  }
};
