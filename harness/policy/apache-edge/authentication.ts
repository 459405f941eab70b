import type { Policy } from '../../model/index.ts';
import { audienceIs, claim, claimIs, claimPrefix } from './claims.ts';
import { whole } from './text.ts';

/** What a valid token must satisfy, as an expression, under the name by which the log says that it did not. */
export type Demand = { readonly name: string; readonly holds: string };

/** Request header in which this edge notes the time of arrival, for expressions know the date but not the seconds since the epoch. */
export const nowHeader = 'x-edge-now';

const base64url = '[A-Za-z0-9_-]+';
const header = '%{HTTP:Authorization}';
const jose = `${header} =~ m#^Bearer ([^.]+)# && unbase64('$1')`;
const now = `req('${nowHeader}') =~ m#^t=([0-9]+)[0-9]{6}\\z#`;

// Of a number of seconds. Numbers of another form are not compared, and so refused.
const isTime = (name: string): string => whole(claim(name), '[0-9]{1,15}');

/**
 * mod_oauth2 verifies the signature, with the keys of the issuer alone, and that there is an expiry that is not over. Neither not
 * before nor, with keys in a file, the issuer is looked at, and a token that was verified once is taken from a cache until that runs
 * out, whatever its expiry: so times, issuer, audience and the rest are demands of our own.
 */
export const verification: readonly string[] = [
  'AuthType oauth2',
  'AuthName edge',
  '# Keys from a file, read again each minute; a token that was verified is remembered for as long.',
  'OAuth2TokenVerify jwks_uri file:///etc/holdfast/public/jwks.json jwks_uri.expiry=60&verify.exp=required&expiry=60',
  'OAuth2AcceptTokenIn header name=Authorization&type=bearer',
  `OAuth2TargetPass envvars=On&headers=Off&remote_user_claim=sub&prefix=${claimPrefix}`,
];

/**
 * What a token must be, beside signed (RFC 6750, section 2.1; RFC 8725). Several Authorization headers reach an expression as one,
 * joined by commas, and so are not one token. There is no clock skew.
 */
export const demands = ({ authentication }: Policy): readonly Demand[] => [
  { name: 'one token', holds: whole(header, `Bearer ${base64url}\\.${base64url}\\.${base64url}`) },
  {
    name: 'algorithm',
    holds: `${jose} =~ m#[{,]\\s*\\x22alg\\x22\\s*:\\s*\\x22${authentication.algorithm}\\x22\\s*[,}]#`,
  },
  { name: 'critical header', holds: `${jose} !~ m#\\x22crit\\x22\\s*:#` },
  { name: 'subject', holds: whole('%{REMOTE_USER}', '[A-Za-z0-9._~-]+') },
  { name: 'issuer', holds: claimIs('iss', authentication.issuer) },
  { name: 'audience', holds: audienceIs(authentication.audience) },
  { name: 'expiry', holds: `${isTime('exp')} && ${now} && ${claim('exp')} -gt $1` },
  { name: 'not before', holds: `(-z ${claim('nbf')} || (${isTime('nbf')} && ${now} && ${claim('nbf')} -le $1))` },
  ...Object.entries(authentication.claims).map(([name, value]) => ({ name, holds: claimIs(name, value) })),
];

/**
 * An expression that names the user is asked after authentication, and answers 401 where it does not hold; any other one is asked
 * before, when there are no claims yet, and answers 403 (Apache 2.4, mod_authz_core, "Require expr").
 */
export const afterAuthentication = (holds: string): string => `-n %{REMOTE_USER} && ${holds}`;
