import type { Policy, RateLimit, Stack } from '../../model/index.ts';
import { subjectHeader } from '../identity-headers.ts';
import { authorizer } from '../opa/index.ts';
import { isLimitable } from './expressible.ts';
import { removedByName } from './strip.ts';

/** Name of the middleware of a rate limit. */
const limitName = (limit: RateLimit): string => `limit-${limit.id}`;

/** Names of the rate limits of one kind that Traefik keeps, in the order of the policy. */
export const limitsPer = (policy: Policy, per: RateLimit['per']): readonly string[] =>
  policy.rateLimits.filter((limit) => limit.per === per && isLimitable(limit)).map(limitName);

/**
 * A token bucket (429 past it): one for all requests, which by then have all the same host; or one for each subject, by the header
 * that the authorizer's answer put there.
 */
const rateLimit = (limit: RateLimit): object => ({
  rateLimit: {
    average: limit.requestsPerSecond,
    period: '1s',
    burst: limit.burst,
    sourceCriterion: limit.per === 'edge' ? { requestHost: true } : { requestHeaderName: subjectHeader },
  },
});

/** What the routers are strung together from, but for the question to the authorizer. */
export const middlewares = (policy: Policy, stack: Stack): Readonly<Record<string, object>> => ({
  // One spelling of the host, for everything behind: a client could write it in many.
  'one-host': { headers: { customRequestHeaders: { Host: stack.edge.hostname } } },
  // The authorizer's reason is for the log; it would reach the client with a refusal.
  'withhold-reason': { headers: { customResponseHeaders: { [authorizer.reasonHeader]: '' } } },
  ...Object.fromEntries(
    policy.rateLimits.filter(isLimitable).map((limit) => [limitName(limit), rateLimit(limit)] as const),
  ),
  'strip-identity': { headers: { customRequestHeaders: Object.fromEntries(removedByName.map((name) => [name, ''])) } },
  // The token ends here, and no connection becomes one of another protocol.
  'end-token': { headers: { customRequestHeaders: { Authorization: '', Connection: '', Upgrade: '' } } },
  // Lets no address pass: what becomes of a request that no rule can allow.
  'refuse-everybody': { ipAllowList: { sourceRange: ['255.255.255.255/32'] } },
});
