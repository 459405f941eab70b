import type { Policy, RateLimit } from '../../model/index.ts';
import { denyOn } from './denial.ts';
import { section } from './text.ts';

/** A limit, with the counter of the request that tracks it. */
export type Limit = { readonly limit: RateLimit; readonly counter: number };

/** Milliseconds in which an empty bucket fills: as long as the window in which admitted requests are counted. */
export const windowOf = ({ requestsPerSecond, burst }: RateLimit): number =>
  Math.ceil((burst * 1000) / requestsPerSecond);

/** Why a bucket cannot be told as a rate over its window; null where it can. */
export const unlike = (limit: RateLimit): string | null => {
  if (limit.burst < 2)
    return 'the rate of a single request at a time is counted over two windows, and half of it admitted';
  if (limit.burst > 0x7fffffff) return 'a counter holds at most 2147483647';
  if (windowOf(limit) < 10) return 'the bucket fills in less than 10 ms, and HAProxy counts time in milliseconds';
  if (windowOf(limit) > 0x7fffffff) return 'the bucket fills in more than 24 days, longer than HAProxy can count';
  return null;
};

/** The limits of a policy that can be told, numbered. */
export const limitsOf = (policy: Policy): readonly Limit[] =>
  policy.rateLimits.filter((limit) => unlike(limit) === null).map((limit, counter) => ({ limit, counter }));

/**
 * Refuses with 429 while as many requests as the bucket holds were admitted in the last window. HAProxy weighs the window before
 * by the part of it that is still in sight, so that over any time it admits at most what the bucket would: the burst at once, the
 * rate in the long run; after a burst it can be late by one window. Refused requests are not counted: a client past its rate
 * is slowed down to it, not locked out. Two threads may each let one request by at the same moment.
 *
 * The subject is tracked by its digest: a table cuts long keys off, and two subjects must not share a bucket. Nothing that a
 * client can vary (address, header, connection) is in the key.
 */
export const enforce = ({ limit, counter }: Limit): readonly string[] => [
  `http-request track-sc${counter} ${limit.per === 'edge' ? 'int(1)' : 'var(txn.sub),sha2(256)'} table ${tableOf(limit)}`,
  ...denyOn(429, [{ reason: `rateLimits.${limit.id}`, when: `{ sc_gpc0_rate(${counter}) ge ${limit.burst} }` }]),
  `http-request sc-inc-gpc0(${counter})`,
];

/** The table in which a limit counts. When it is full, the entry that was not seen for longest goes. */
export const tables = ({ limit }: Limit): readonly string[] => {
  const window = windowOf(limit);
  const kept = Math.min(Math.max(2 * window, 10_000), 0x7fffffff);
  const key = limit.per === 'edge' ? 'type integer size 1' : 'type binary len 32 size 100k';
  return section(`backend ${tableOf(limit)}`, [
    `stick-table ${key} expire ${kept}ms store gpc0,gpc0_rate(${window}ms)`,
  ]);
};

const tableOf = ({ id }: RateLimit): string => `limit:${id}`;
