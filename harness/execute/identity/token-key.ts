import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { JWK } from 'jose';

/** A P-256 key that signs tokens, and how its public half is published. */
export type TokenKey = {
  readonly privateKey: KeyObject;
  readonly publicJwk: JWK & { readonly kid: string };
  /** SubjectPublicKeyInfo, PEM. */
  readonly publicPem: string;
};

/** A new key for ES256 (RFC 7518, section 3.4); its id is its thumbprint (RFC 7638). */
export const newTokenKey = async (): Promise<TokenKey> => {
  // Loaded where a token key is made: only a run needs one.
  const { calculateJwkThumbprint, exportJWK } = await import('jose');
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKey = createPublicKey(privateKey);
  const jwk = await exportJWK(publicKey);
  return {
    privateKey,
    publicJwk: { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'ES256', use: 'sig' },
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }) as string,
  };
};
