import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { HoldfastError } from '../model/index.ts';

/** A key that can sign. */
export type SigningKey = {
  readonly sign: (bytes: Buffer) => Buffer;
  readonly public: TrustedKey;
};

/** A key that verifies. `id`: SHA-256 (hex) of its SubjectPublicKeyInfo in DER. `from`: where it was found, for people. */
export type TrustedKey = { readonly id: string; readonly key: KeyObject; readonly pem: string; readonly from: string };

/** Where keys are looked for; `process.env` where nothing else is given. */
export type KeyPlaces = {
  readonly file?: string | undefined;
  readonly env?: Readonly<Record<string, string | undefined>>;
};

const variable = 'HOLDFAST_SIGNING_KEY';

/**
 * The Ed25519 key that signs: from a file, else from HOLDFAST_SIGNING_KEY (PEM or a path), else from signing.key in the user's
 * configuration, where it is made on first use, readable by its owner only. Throws `usage` where what was given is no such key.
 */
export const loadSigningKey = ({ file, env = process.env }: KeyPlaces = {}): SigningKey => {
  const found = given(file, env) ?? ownKey(env, true);
  if (found === null) throw new HoldfastError('internal', 'expected a signing key to have been made, found none');
  return signing(privateKey(found.pem, found.from), found.from);
};

/**
 * The key that a proof is verified with: from a file (public or private PEM), else this machine's own; null where there is
 * none. Never made, and never taken from the folder that it should vouch for.
 */
export const loadPublicKey = ({ file, env = process.env }: KeyPlaces = {}): TrustedKey | null => {
  const found = given(file, env) ?? ownKey(env, false);
  if (found === null) return null;
  if (/PRIVATE KEY/.test(found.pem)) return signing(privateKey(found.pem, found.from), found.from).public;
  return trusted(publicKey(found.pem, found.from), found.from);
};

/** The id of a public key in PEM, for showing it; null where it is no such key. */
export const fingerprint = (pem: string): string | null => {
  try {
    return idOf(publicKey(pem, 'the folder'));
  } catch {
    return null;
  }
};

type Found = { readonly pem: string; readonly from: string };

const given = (file: string | undefined, env: NonNullable<KeyPlaces['env']>): Found | null => {
  if (file !== undefined) return { pem: readKey(file, '--key'), from: file };
  const value = env[variable];
  if (value === undefined || value === '') return null;
  return value.includes('-----BEGIN') ? { pem: value, from: variable } : { pem: readKey(value, variable), from: value };
};

const readKey = (file: string, named: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new HoldfastError('usage', `expected ${named} to name a PEM file, found none at ${file}`, {
      hint: 'make one with: openssl genpkey -algorithm ed25519 -out signing.key',
      cause,
    });
  }
};

const ownKey = (env: NonNullable<KeyPlaces['env']>, make: boolean): Found | null => {
  const file = join(env['XDG_CONFIG_HOME'] || join(env['HOME'] || homedir(), '.config'), 'holdfast', 'signing.key');
  try {
    return { pem: readFileSync(file, 'utf8'), from: file };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT' && (cause as NodeJS.ErrnoException).code !== 'ENOTDIR') {
      throw new HoldfastError('usage', `expected to read the signing key ${file}, found that it cannot be read`, {
        hint: `make it readable, or name another with --key or ${variable}`,
        cause,
      });
    }
  }
  if (!make) return null;
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // Written aside and linked: two runs at once must not sign with different keys, nor read half of one.
  const aside = `${file}.${process.pid}`;
  writeFileSync(aside, pem, { mode: 0o600 });
  chmodSync(aside, 0o600);
  try {
    linkSync(aside, file);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
  } finally {
    rmSync(aside, { force: true });
  }
  return { pem: readFileSync(file, 'utf8'), from: file };
};

const privateKey = (pem: string, from: string): KeyObject => ed25519(() => createPrivateKey(pem), 'private', from);
const publicKey = (pem: string, from: string): KeyObject => ed25519(() => createPublicKey(pem), 'public', from);

const ed25519 = (parse: () => KeyObject, kind: string, from: string): KeyObject => {
  const hint = 'make one with: openssl genpkey -algorithm ed25519 -out signing.key';
  let key: KeyObject;
  try {
    key = parse();
  } catch (cause) {
    throw new HoldfastError('usage', `expected a ${kind} key in PEM from ${from}, found something else`, {
      hint,
      cause,
    });
  }
  if (key.asymmetricKeyType === 'ed25519') return key;
  throw new HoldfastError('usage', `expected an Ed25519 key from ${from}, found ${key.asymmetricKeyType}`, { hint });
};

const signing = (key: KeyObject, from: string): SigningKey => ({
  sign: (bytes) => sign(null, bytes, key),
  public: trusted(createPublicKey(key), from),
});

const idOf = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');

const trusted = (key: KeyObject, from: string): TrustedKey => ({
  id: idOf(key),
  key,
  pem: key.export({ type: 'spki', format: 'pem' }).toString(),
  from,
});
