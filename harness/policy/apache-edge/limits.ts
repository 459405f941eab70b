import type { Policy, RateLimit } from '../../model/index.ts';

/** Why a bucket cannot be told as mod_qos counts; null where it can. */
export const unlike = (limit: RateLimit): string | null => {
  if (limit.per === 'subject')
    return 'what counts requests in httpd (mod_qos) does so before it is known whose they are';
  if (limit.burst < 4 * limit.requestsPerSecond)
    return 'mod_qos counts in windows of two seconds or more, and at their border would admit more than the bucket holds';
  if (limit.burst > 0x7fffffff) return 'a counter holds at most 2147483647';
  return null;
};

/** The limits of a policy that can be told. */
export const limitsOf = ({ rateLimits }: Policy): readonly RateLimit[] =>
  rateLimits.filter((limit) => unlike(limit) === null);

/** Seconds of a window, so long that two of them, back to back, admit as much as the bucket holds when it is full. */
export const windowOf = ({ requestsPerSecond, burst }: RateLimit): number =>
  Math.floor(burst / (2 * requestsPerSecond));

const variable = ({ id }: RateLimit): string => `limit-${id}`;

/**
 * Refuses with 429 once as many requests were counted in a window as the rate allows in that time: the rate in the long run, and
 * never more than the bucket would admit. mod_qos compares whole seconds with "more than", so a window is a second longer than
 * it is told; refused requests count, until it ends.
 */
export const limiting = (limits: readonly RateLimit[]): readonly string[] => [
  'QS_ErrorResponseCode 429',
  ...limits.flatMap((limit) => [
    `SetEnvIf Request_Protocol . ${variable(limit)}`,
    `QS_EventLimitCount ${variable(limit)} ${limit.requestsPerSecond * windowOf(limit)} ${windowOf(limit) - 1}`,
  ]),
];
