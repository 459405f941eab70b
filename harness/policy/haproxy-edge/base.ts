import type { Policy } from '../../model/index.ts';
import { section } from './text.ts';

/** What holds for the whole process. `counters`: how many counters a request is tracked by at a time. */
export const process = (policy: Policy, counters: number): readonly string[] =>
  section('global', [
    '# A configuration with a doubtful line does not start.',
    'zero-warning',
    'nbthread "${HOLDFAST_EDGE_CONCURRENCY-2}"',
    'maxconn 8000',
    '# After a reload, the old process ends within this time.',
    'hard-stop-after 30s',
    '# Headers of up to 62 KiB are read whole, and answered.',
    'tune.bufsize 65536',
    'tune.maxrewrite 2048',
    'tune.h2.fe.max-concurrent-streams 100',
    '# A client that plays tricks with frames is cut off (CVE-2023-44487 and its like).',
    'tune.h2.fe.glitches-threshold 1000',
    ...(counters > 3 ? [`tune.stick-counters ${counters}`] : []),
    'ssl-server-verify required',
    ...tls(policy),
    '# No sidecar takes the hybrid group that OpenSSL offers first, and a key share for it is what a handshake costs most.',
    'ssl-default-server-curves X25519:P-256',
  ]);

// For TLS 1.2, if it is let in: forward secrecy and authenticated encryption only (RFC 9325, section 4.2).
const tls = ({ tls: { minimum } }: Policy): readonly string[] =>
  minimum === '1.3'
    ? ['ssl-default-bind-options ssl-min-ver TLSv1.3', 'ssl-default-server-options ssl-min-ver TLSv1.3']
    : ['bind', 'server'].flatMap((side) => [
        `ssl-default-${side}-options ssl-min-ver TLSv1.2`,
        `ssl-default-${side}-ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305`,
      ]);

/** The certificate of the public name, by a name of its own. */
export const certificates: readonly string[] = section('crt-store public', [
  'load crt /etc/holdfast/public/cert.pem key /etc/holdfast/public/key.pem alias edge',
]);

const answers: readonly (readonly [status: number, text: string])[] = [
  [400, 'bad request'],
  [401, 'unauthorized'],
  [403, 'forbidden'],
  [404, 'not found'],
  [408, 'request time-out'],
  [429, 'too many requests'],
  [500, 'internal error'],
  [502, 'bad gateway'],
  [503, 'unavailable'],
  [504, 'gateway time-out'],
];

/** Time-outs, no second attempts, and answers that do not name the product. */
export const defaults: readonly string[] = section('defaults', [
  'mode http',
  'timeout client-hs 10s',
  'timeout http-request 10s',
  'timeout http-keep-alive 300s',
  'timeout client 30s',
  'timeout connect 1s',
  'timeout queue 1s',
  'timeout server 15s',
  '# One request, one attempt: a second one would hide that the first was lost.',
  'retries 0',
  'retry-on none',
  ...answers.map(([status, text]) => `http-error status ${status} content-type text/plain string '${text}'`),
]);
