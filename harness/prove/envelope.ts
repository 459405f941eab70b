import { verify } from 'node:crypto';
import { dsse } from '@sigstore/core';
import { canonical } from '../model/index.ts';
import type { SigningKey, TrustedKey } from './key.ts';

/** Payload type of in-toto statements in DSSE. */
export const payloadType = 'application/vnd.in-toto+json';

/** A DSSE envelope with one signature, as read. Source: https://github.com/secure-systems-lab/dsse, version 1.0.2. */
export type Envelope = { readonly payload: Buffer; readonly keyid: string; readonly signature: Buffer };

/** Signs a payload and gives the bytes of the envelope: canonical, so that there is exactly one file for one signature. */
export const seal = (payload: Buffer, key: SigningKey): Buffer =>
  write({ payload, keyid: key.public.id, signature: key.sign(dsse.preAuthEncoding(payloadType, payload)) });

const write = ({ payload, keyid, signature }: Envelope): Buffer =>
  Buffer.from(
    `${canonical({
      payload: payload.toString('base64'),
      payloadType,
      signatures: [{ keyid, sig: signature.toString('base64') }],
    })}\n`,
  );

/**
 * Reads an envelope strictly: null unless the bytes are exactly those that `seal` would write for what they say. So spaces,
 * spare keys, padding bits of base64 and a second signature are all changes that are noticed.
 */
export const open = (bytes: Buffer): Envelope | null => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
  const { payload, signatures } = (parsed ?? {}) as { payload?: unknown; signatures?: unknown };
  const first: unknown = Array.isArray(signatures) ? signatures[0] : undefined;
  const { keyid, sig } = (first ?? {}) as { keyid?: unknown; sig?: unknown };
  if (typeof payload !== 'string' || typeof keyid !== 'string' || typeof sig !== 'string') return null;
  const envelope = { payload: Buffer.from(payload, 'base64'), keyid, signature: Buffer.from(sig, 'base64') };
  return write(envelope).equals(bytes) ? envelope : null;
};

/** Was the envelope signed by this key? Its `keyid` is a hint that nothing rests on, but it must be true. */
export const signedBy = ({ payload, keyid, signature }: Envelope, { id, key }: TrustedKey): boolean =>
  keyid === id && verify(null, dsse.preAuthEncoding(payloadType, payload), key, signature);
