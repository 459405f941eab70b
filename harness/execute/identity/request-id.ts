import { createHmac, timingSafeEqual } from 'node:crypto';

/** Kinds of requests that the harness sends. */
export type RequestKind = 'legit' | 'attack' | 'twin' | 'canary';

const form = /^([a-z0-9-]+)\.(legit|attack|twin|canary)\.(0|[1-9][0-9]{0,14})\.([0-9a-f]{16})$/;

const mac = (key: Uint8Array | string, text: string): string =>
  createHmac('sha256', key).update(text).digest('hex').slice(0, 16);

/**
 * The identity of one request, `<run>.<kind>.<seq>.<mac>`: nothing else counts as evidence of who sent what. `seq` is a whole
 * number from 0; the MAC is the first 64 bits of HMAC-SHA-256 (RFC 2104) under the run's key.
 */
export const requestId = (run: string, key: Uint8Array | string, kind: RequestKind, seq: number): string => {
  const text = `${run}.${kind}.${seq}`;
  return `${text}.${mac(key, text)}`;
};

/** What an identity says, or null where it is not one of this run: another run, a wrong MAC, another form. */
export const readRequestId = (
  run: string,
  key: Uint8Array | string,
  text: string,
): { kind: RequestKind; seq: number } | null => {
  const match = form.exec(text);
  if (match === null || match[1] !== run) return null;
  const [, , kind, seq, given] = match as unknown as [string, string, RequestKind, string, string];
  if (!timingSafeEqual(Buffer.from(mac(key, `${run}.${kind}.${seq}`)), Buffer.from(given))) return null;
  return { kind, seq: Number(seq) };
};
