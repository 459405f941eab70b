import type { Policy, Stack } from '../../model/index.ts';
import { inexpressible } from '../inexpressible.ts';

/** nginx counts in thousandths of a request, and reads a number of 32 bits. */
const most = 2147483;

/** Throws `inexpressible` for what this edge cannot enforce and the policy does not waive. */
export const checkExpressible = (policy: Policy, stack: Stack): void => {
  const refuse = (part: string, reason: string, hint: string): void =>
    inexpressible(policy, { enforcer: 'nginx-edge', part, reason, hint });
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
    if (limit.requestsPerSecond <= most && limit.burst <= most) continue;
    refuse(`rateLimits.${limit.id}`, `limit_req counts to ${most} at most`, 'lower it, or leave it out');
  }
};
