import type { Policy } from '../../model/index.ts';
import { claim, claimIs } from './claims.ts';
import { denyOn } from './denial.ts';
import { whole } from './text.ts';

/** Seconds by which clocks may differ. */
const skew = 5;

/** A token for more audiences than this is not one for us. */
const audiences = 8;

const base64url = '[A-Za-z0-9_-]+';

// A number comes as eight bytes. A claim that is not there has no bytes at all.
const isTime = (name: string): string => `{ ${claim(name, 'number')},hex -m reg ${whole('0000[0-9A-F]{12}')} }`;

/**
 * Authentication of every request by a bearer token (RFC 6750, section 2.1; RFC 8725) in exactly one Authorization header, the
 * cheap grounds for refusal first, the signature after them. Sets `txn.token` and `txn.sub`.
 */
export const authentication = ({ authentication: wanted }: Policy): readonly string[] => [
  ...denyOn(401, [
    { reason: 'authentication: no token', when: '!{ req.fhdr_cnt(authorization) eq 1 }' },
    {
      reason: 'authentication: no token',
      when: `!{ req.fhdr(authorization) -m reg ${whole(`Bearer ${base64url}\\.${base64url}\\.${base64url}`)} }`,
    },
  ]),
  'http-request set-var(txn.token) http_auth_bearer',
  '# The algorithm is ours to choose: that of the token must be the same, and decides nothing.',
  ...denyOn(401, [
    {
      reason: 'authentication: algorithm',
      when: `!{ var(txn.token),jwt_header_query('$.alg') -m str ${wanted.algorithm} }`,
    },
    { reason: 'authentication: critical header', when: `{ var(txn.token),jwt_header_query('$.crit') -m found }` },
  ]),
  ...denyOn(401, [
    {
      reason: 'authentication: signature',
      when: `!{ var(txn.token),jwt_verify('${wanted.algorithm}','/etc/holdfast/public/issuer.pem') -m int 1 }`,
    },
  ]),
  '# Signed by the issuer. Whether it is meant for here and now, jwt_verify does not ask.',
  `http-request set-var(txn.exp) ${claim('exp', 'number')}`,
  `http-request set-var(txn.nbf) ${claim('nbf', 'number')}`,
  `http-request set-var(txn.sub) ${claim('sub')}`,
  ...audienceAcl(wanted.audience),
  ...denyOn(401, [
    { reason: 'authentication: issuer', when: `!{ ${claimIs('iss', wanted.issuer)} }` },
    { reason: 'authentication: audience', when: '!audience' },
    { reason: 'authentication: expiry', when: `!${isTime('exp')} or { date(-${skew}),sub(txn.exp) gt 0 }` },
    {
      reason: 'authentication: not before',
      when: `{ ${claim('nbf')} -m found } !${isTime('nbf')} or { date(${skew}),sub(txn.nbf) lt 0 }`,
    },
    // A number, as the first of its bytes shows, is no subject, though it would read like one.
    {
      reason: 'authentication: subject',
      when: `!{ var(txn.sub) -m reg ${whole('[A-Za-z0-9._~-]+')} } or { ${claim('sub', 'number')},hex -m beg 00 FF }`,
    },
    ...Object.entries(wanted.claims).map(([name, value]) => ({
      reason: `authentication: ${name}`,
      when: `!{ ${claimIs(name, value)} }`,
    })),
  ]),
];

/** One audience, or ours among several (RFC 7519, section 4.1.3). */
const audienceAcl = (audience: string): readonly string[] =>
  ['aud', ...Array.from({ length: audiences }, (_, i) => `aud[${i}]`)].map(
    (path) => `acl audience ${claimIs(path, audience)}`,
  );
