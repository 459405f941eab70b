import { createHmac, sign } from 'node:crypto';
import type { Authentication, TokenAlteration, TokenRecipe } from '../../model/index.ts';
import type { TokenKey } from './token-key.ts';

export type TokenIssuer = {
  readonly authentication: Authentication;
  readonly now: Date;
  readonly validForMs: number;
  readonly key: TokenKey;
  /** The attacker's own key, and a self-signed certificate of it (DER, base64). */
  readonly stranger: TokenKey;
  readonly strangerX5c: string;
};

type Part = Readonly<Record<string, unknown>>;

const encode = (part: Part): string => Buffer.from(JSON.stringify(part)).toString('base64url');

const es256 = (key: TokenKey, text: string): string =>
  sign('sha256', Buffer.from(text), { key: key.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');

const compact = (header: Part, payload: Part, signature: (text: string) => string): string => {
  const text = `${encode(header)}.${encode(payload)}`;
  return `${text}.${signature(text)}`;
};

const hourS = 3_600;

// With headers of up to 60 KiB an edge reads this token whole and answers; the base64 makes four thirds of it.
const oversizedBytes = 40_000;

/**
 * The token of a recipe: a valid one, or the forgery that it asks for, built as an attacker would. Unaltered claims are those of
 * a valid token, so that nothing but the altered property speaks against it.
 */
export const makeToken = (issuer: TokenIssuer, recipe: TokenRecipe): string => {
  const { authentication, key, stranger } = issuer;
  const nowS = Math.floor(issuer.now.getTime() / 1000);
  const header = { alg: 'ES256', typ: 'JWT', kid: key.publicJwk.kid };
  const unlimited = {
    iss: authentication.issuer,
    aud: authentication.audience,
    sub: recipe.subject,
    iat: nowS,
    nbf: nowS - 1,
    ...authentication.claims,
    ...recipe.claims,
  };
  const claims = { ...unlimited, exp: nowS + Math.floor(issuer.validForMs / 1000) };
  const genuine = (payload: Part, more: Part = {}): string =>
    compact({ ...header, ...more }, payload, (text) => es256(key, text));
  const forged = (more: Part, payload: Part = claims): string =>
    compact({ ...header, ...more }, payload, (text) => es256(stranger, text));
  const unsigned = (more: Part, signature: string): string => compact({ ...header, ...more }, claims, () => signature);
  const hmac = (more: Part, secret: string): string =>
    compact({ ...header, alg: 'HS256', ...more }, claims, (text) =>
      createHmac('sha256', secret).update(text).digest('base64url'),
    );
  const otherTypes = Object.fromEntries(Object.keys(authentication.claims).map((claim) => [claim, 'refresh']));
  const forgeries: Readonly<Record<TokenAlteration, () => string>> = {
    empty: () => '',
    garbage: () => 'garbage.in.garbage',
    oversized: () => forged({}, { ...claims, padding: 'x'.repeat(oversizedBytes) }),
    'alg-none': () => unsigned({ alg: 'none' }, ''),
    'no-signature': () => unsigned({}, ''),
    'hs256-with-public-key': () => hmac({}, key.publicPem),
    'injected-jwk': () => forged({ kid: stranger.publicJwk.kid, jwk: stranger.publicJwk }),
    'injected-jku': () => forged({ kid: stranger.publicJwk.kid, jku: 'https://stranger.holdfast.test/jwks.json' }),
    'injected-x5c': () => forged({ kid: stranger.publicJwk.kid, x5c: [issuer.strangerX5c] }),
    'kid-traversal': () => hmac({ kid: '../../../../dev/null' }, ''),
    // CVE-2022-21449: r = s = 0 satisfies the equation of a verifier that forgets the range check.
    'zero-signature': () => unsigned({}, Buffer.alloc(64).toString('base64url')),
    'stranger-key': () => forged({}),
    expired: () => genuine({ ...claims, iat: nowS - 2 * hourS, nbf: nowS - 2 * hourS, exp: nowS - hourS }),
    'not-yet-valid': () => genuine({ ...claims, nbf: nowS + hourS, exp: nowS + 2 * hourS }),
    'wrong-issuer': () => genuine({ ...claims, iss: 'https://stranger.holdfast.test' }),
    'wrong-audience': () => genuine({ ...claims, aud: 'another-service' }),
    'wrong-type': () => genuine({ ...claims, ...otherTypes }, { typ: 'refresh+jwt' }),
    'no-expiry': () => genuine(unlimited),
  };
  return recipe.alter === undefined ? genuine(claims) : forgeries[recipe.alter]();
};
