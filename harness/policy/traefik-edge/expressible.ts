import type { Policy, RateLimit, Stack } from '../../model/index.ts';
import { checkEdgeCalls } from '../calls.ts';
import { inexpressible } from '../inexpressible.ts';

/** Traefik multiplies the rate by the nanoseconds of a second, in 63 bits. */
const mostPerSecond = 9_223_372_036;

/** Whether Traefik can keep a limit at all, be it with a shorter memory. */
export const isLimitable = (limit: RateLimit): boolean => limit.requestsPerSecond <= mostPerSecond;

/** Throws `inexpressible` for what this edge cannot enforce and the policy does not waive. */
export const checkExpressible = (policy: Policy, stack: Stack): void => {
  const refuse = (part: string, reason: string, hint: string): void =>
    inexpressible(policy, { enforcer: 'traefik-edge', part, reason, hint });
  refuse(
    'paths',
    'Traefik decodes letters, digits and -._~ that a path spells with %, and takes the path out of an absolute target, before any router or middleware sees them, so that none can refuse such a spelling',
    'take another edge',
  );
  checkEdgeCalls(policy, stack, 'traefik-edge');
  for (const limit of policy.rateLimits) {
    const part = `rateLimits.${limit.id}`;
    if (!isLimitable(limit)) refuse(part, `a rate is at most ${mostPerSecond} a second`, 'lower it, or leave it out');
    // A bucket that nobody drew from is forgotten after one to two seconds, and stands there full again.
    else if (limit.burst > limit.requestsPerSecond)
      refuse(
        part,
        'Traefik forgets a bucket after a second without requests, so that a burst above one second of the rate is given again too soon',
        `lower its burst to ${limit.requestsPerSecond}`,
      );
  }
};
