import { randomBytes } from 'node:crypto';
import type { Hello } from '../../../model/index.ts';

/** Cipher suites by their names in the IANA registry of TLS parameters. */
export const suites = {
  TLS_RSA_WITH_NULL_SHA: 0x0002,
  TLS_RSA_EXPORT_WITH_RC4_40_MD5: 0x0003,
  TLS_RSA_WITH_RC4_128_SHA: 0x0005,
  TLS_RSA_EXPORT_WITH_DES40_CBC_SHA: 0x0008,
  TLS_RSA_WITH_3DES_EDE_CBC_SHA: 0x000a,
  TLS_RSA_WITH_AES_128_CBC_SHA: 0x002f,
  TLS_RSA_WITH_AES_256_CBC_SHA: 0x0035,
  TLS_RSA_WITH_NULL_SHA256: 0x003b,
  TLS_RSA_WITH_AES_128_GCM_SHA256: 0x009c,
  TLS_RSA_WITH_AES_256_GCM_SHA384: 0x009d,
  TLS_DH_anon_WITH_AES_128_CBC_SHA: 0x0034,
  TLS_DH_anon_WITH_AES_128_GCM_SHA256: 0x00a6,
  TLS_ECDHE_ECDSA_WITH_NULL_SHA: 0xc006,
  TLS_ECDHE_ECDSA_WITH_RC4_128_SHA: 0xc007,
  TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA: 0xc008,
  TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA: 0xc009,
  TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA: 0xc00a,
  TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA: 0xc013,
  TLS_ECDH_anon_WITH_AES_128_CBC_SHA: 0xc018,
  TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256: 0xc02b,
  TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384: 0xc02c,
  TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256: 0xc02f,
} as const satisfies Readonly<Record<string, number>>;

const versions: Readonly<Record<Hello['version'], number>> = {
  'ssl-3.0': 0x0300,
  '1.0': 0x0301,
  '1.1': 0x0302,
  '1.2': 0x0303,
};

const number = (value: number, bytes: number): Buffer => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
};
/** A vector of TLS: its length, then itself. */
const vector = (lengthBytes: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([number(body.length, lengthBytes), body]);
};
const numbers = (...values: readonly number[]): Buffer => Buffer.concat(values.map((value) => number(value, 2)));

const extension = (type: number, body: Uint8Array): Buffer => Buffer.concat([number(type, 2), vector(2, body)]);

/** secp256r1, secp384r1, x25519: what every server of today knows. */
const groups = numbers(0x0017, 0x0018, 0x001d);
/** ECDSA and RSA with SHA-256 and SHA-384, and with SHA-1 for servers that stayed behind. */
const signatures = numbers(0x0403, 0x0503, 0x0804, 0x0805, 0x0401, 0x0501, 0x0203, 0x0201);

const extensionsOf = (version: Hello['version'], servername: string): Buffer =>
  Buffer.concat([
    extension(0x0000, vector(2, number(0, 1), vector(2, Buffer.from(servername, 'latin1')))),
    extension(0x000a, vector(2, groups)),
    extension(0x000b, vector(1, number(0, 1))),
    ...(version === '1.2' ? [extension(0x000d, vector(2, signatures))] : []),
    extension(0xff01, vector(1)),
  ]);

/**
 * The first record of a handshake that offers exactly this version and these suites (RFC 5246, section 7.4.1.2; RFC 6101 for SSL
 * 3.0, which has no extensions). Spelt out here, for no TLS library of today can still offer them all.
 */
export const clientHello = ({ version, suites: offered }: Hello, servername: string): Buffer => {
  const codes = offered.map((name) => suites[name as keyof typeof suites]);
  const body = Buffer.concat([
    number(versions[version], 2),
    randomBytes(32),
    vector(1),
    vector(2, numbers(...codes)),
    vector(1, number(0, 1)),
    ...(version === 'ssl-3.0' ? [] : [vector(2, extensionsOf(version, servername))]),
  ]);
  const message = Buffer.concat([number(1, 1), vector(3, body)]);
  // A record of the oldest version: what every server reads.
  return Buffer.concat([number(22, 1), number(version === 'ssl-3.0' ? 0x0300 : 0x0301, 2), vector(2, message)]);
};

/** Names of the alerts by which a server refuses a hello (RFC 8446, section 6). */
const alerts: Readonly<Record<number, string>> = {
  0: 'close-notify',
  10: 'unexpected-message',
  40: 'handshake-failure',
  47: 'illegal-parameter',
  50: 'decode-error',
  70: 'protocol-version',
  71: 'insufficient-security',
  80: 'internal-error',
  86: 'inappropriate-fallback',
  112: 'unrecognized-name',
};

/** What the first bytes of an answer to a hello are, in a word; null where there are too few of them. */
export const readAnswer = (bytes: Buffer): { readonly word: string; readonly accepted: boolean } | null => {
  const type = bytes[0];
  if (type === undefined) return null;
  if (type === 21) {
    if (bytes.length < 7) return null;
    return { word: `tls-alert:${alerts[bytes[6]!] ?? bytes[6]}`, accepted: false };
  }
  // A ServerHello: 5 bytes of record, 4 of message, version, 32 random bytes, session, suite.
  if (type !== 22 || (bytes.length > 5 && bytes[5] !== 2)) return { word: 'not-tls', accepted: false };
  if (bytes.length < 44) return null;
  const session = bytes[43]!;
  if (bytes.length < 46 + session) return null;
  const [version, code] = [bytes.readUInt16BE(9), bytes.readUInt16BE(44 + session)];
  const names = Object.entries(versions).find(([, known]) => known === version)?.[0] ?? `0x${version.toString(16)}`;
  const suite = Object.entries(suites).find(([, known]) => known === code)?.[0] ?? `0x${code.toString(16)}`;
  return { word: `server-hello:${names}:${suite}`, accepted: true };
};
