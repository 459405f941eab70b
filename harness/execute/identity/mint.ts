import { randomBytes, webcrypto } from 'node:crypto';
import type * as X509 from '@peculiar/x509';

/** The library of certificates, loaded where the first is made: it brings 200 modules, and most commands make none. */
const library = async (): Promise<typeof X509> => {
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  x509.cryptoProvider.set(webcrypto as never);
  return x509;
};

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** A certificate with its private key, both PEM. */
export type KeyPair = { readonly cert: string; readonly key: string };

/** One that can sign others. Lives in memory only. */
export type Issuer = { readonly cert: string; readonly name: string; readonly keys: webcrypto.CryptoKeyPair };

export type Validity = { readonly notBefore: Date; readonly notAfter: Date };

/** What a leaf says of its holder. */
export type Leaf = Validity & {
  readonly commonName: string;
  readonly san: readonly { readonly type: 'url' | 'dns'; readonly value: string }[];
  readonly usages: readonly ('client' | 'server')[];
};

const newKeys = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

// RFC 5280, section 4.1.2.2: positive, at most 20 octets; 127 random bits are beyond guessing.
const serialNumber = (): string => {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0]! & 0x7f) | 0x40;
  return bytes.toString('hex');
};

/** A private key as PKCS #8 in PEM. */
export const pem = async (key: webcrypto.CryptoKey): Promise<string> => {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${der.replace(/(.{64})(?=.)/g, '$1\n')}\n-----END PRIVATE KEY-----\n`;
};

/**
 * A new certificate authority: P-256, and as a rule of path length 0, so that it can issue leaves and nothing else. One that is to be
 * exchanged for another needs 1, for it signs its successor.
 */
export const mintIssuer = async (commonName: string, validity: Validity, pathLength: 0 | 1 = 0): Promise<Issuer> => {
  const x509 = await library();
  const keys = await newKeys();
  const name = `O=Holdfast, CN=${commonName}`;
  const cert = await x509.X509CertificateGenerator.create({
    ...validity,
    serialNumber: serialNumber(),
    subject: name,
    issuer: name,
    publicKey: keys.publicKey,
    signingKey: keys.privateKey,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, pathLength, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { cert: `${cert.toString('pem')}\n`, name, keys };
};

/** A leaf with a key of its own, signed by `issuer`, or by its own key where there is none (self-signed). */
export const mintLeaf = async (leaf: Leaf, issuer: Issuer | null): Promise<KeyPair> => {
  const x509 = await library();
  const keys = await newKeys();
  const subject = `O=Holdfast, CN=${leaf.commonName}`;
  const signer = issuer?.keys ?? keys;
  const cert = await x509.X509CertificateGenerator.create({
    notBefore: leaf.notBefore,
    notAfter: leaf.notAfter,
    serialNumber: serialNumber(),
    subject,
    issuer: issuer?.name ?? subject,
    publicKey: keys.publicKey,
    signingKey: signer.privateKey,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension(
        leaf.usages.map((usage) => x509.ExtendedKeyUsage[usage === 'client' ? 'clientAuth' : 'serverAuth']),
      ),
      new x509.SubjectAlternativeNameExtension(leaf.san.map(({ type, value }) => ({ type, value }))),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(signer.publicKey),
    ],
  });
  return { cert: `${cert.toString('pem')}\n`, key: await pem(keys.privateKey) };
};
