import type { Policy, Stack } from '../../model/index.ts';
import { inexpressible } from '../inexpressible.ts';

/** nginx counts in thousandths of a request, and reads a number of 32 bits. */
const most = 2147483;

/** The policy without what this edge cannot enforce and the policy waives; throws `inexpressible` for what it does not waive. */
export const expressible = (policy: Policy, stack: Stack): Policy => {
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
  const rateLimits = policy.rateLimits.filter(({ id, requestsPerSecond, burst }) => {
    if (requestsPerSecond <= most && burst <= most) return true;
    refuse(`rateLimits.${id}`, `limit_req counts to ${most} at most`, 'lower it, or leave it out');
    return false;
  });
  return { ...policy, rateLimits };
};
