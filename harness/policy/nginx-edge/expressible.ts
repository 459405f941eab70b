import type { Policy, Stack } from '../../model/index.ts';
import { checkEdgeCalls } from '../calls.ts';
import { inexpressible } from '../inexpressible.ts';

/** nginx counts in thousandths of a request, and reads a number of 32 bits. */
const most = 2147483;

/** The policy without what this edge cannot enforce and the policy waives; throws `inexpressible` for what it does not waive. */
export const expressible = (policy: Policy, stack: Stack): Policy => {
  const refuse = (part: string, reason: string, hint: string): void =>
    inexpressible(policy, { enforcer: 'nginx-edge', part, reason, hint });
  checkEdgeCalls(policy, stack, 'nginx-edge');
  const rateLimits = policy.rateLimits.filter(({ id, requestsPerSecond, burst }) => {
    if (requestsPerSecond <= most && burst <= most) return true;
    refuse(`rateLimits.${id}`, `limit_req counts to ${most} at most`, 'lower it, or leave it out');
    return false;
  });
  return { ...policy, rateLimits };
};
