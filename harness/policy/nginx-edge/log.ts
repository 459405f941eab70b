import { block, matching } from './text.ts';
import type { Line } from './text.ts';

/** `$why`: refused by nginx itself. `$limited`: by a rate limit. The last two are what the authorizer did, and said. */
const fields = [
  '"at":"$msec"',
  '"took":"$request_time"',
  '"id":"$http_x_holdfast_id"',
  '"method":"$sent_method"',
  '"path":"$request_uri"',
  '"status":$answered',
  '"flags":"$why$limited$authorizer_failure"',
  '"reason":"$authorizer_reason"',
];

/**
 * One JSON object a line, unbuffered, so that an edge that is killed has lost none. nginx logs a request at its end: `at` and
 * `took` give its arrival. A status of 000 (a connection that ended before any) would be no JSON number.
 */
export const accessLog: readonly Line[] = [
  '# $request_method is that of the page of a refusal.',
  block('map $request $sent_method', ['default ""', '"~^(?<method>[^ ]+) " $method']),
  block('map $status $answered', ['default 0', `${matching('^[1-9][0-9][0-9]$')} $status`]),
  '# Of this hop, or of the next.',
  block('map "$limit_req_status $upstream_http_x_holdfast_reason" $limited', ['default ""', '"~REJECTED" rate-limit']),
  block('map $authorizer_status $authorizer_failure', [
    'default "authorizer-$authorizer_status"',
    '"" ""',
    '"~^(200|401|403)$" ""',
  ]),
  `log_format holdfast escape=json '{${fields.join(',')}}'`,
  'access_log /var/journal/edge.ndjson holdfast',
];
