import { identityOf } from '../../model/index.ts';
import type { CertificateAlteration, Stack } from '../../model/index.ts';
import { mintLeaf } from './mint.ts';
import type { Issuer, KeyPair, Leaf } from './mint.ts';

/** The alterations of `CertificateAlteration`, as the compiler checks below. */
export const certificateAlterations: readonly CertificateAlteration[] = [
  'self-signed',
  'expired',
  'not-yet-valid',
  'wrong-ca',
  'unknown-service',
  'wrong-trust-domain',
  'several-uris',
  'no-uri',
];

const hourMs = 3_600_000;
const after = (from: Date, ms: number): Date => new Date(from.getTime() + ms);

export type MeshAuthority = {
  readonly stack: Pick<Stack, 'identity' | 'trustDomain'>;
  readonly now: Date;
  readonly validForMs: number;
  readonly issuer: Issuer;
  /** Has the real one's name and another key. */
  readonly stranger: Issuer;
};

/**
 * The mesh certificate of a service (X.509-SVID: one URI SAN, for client and server; and a DNS name, for callers that know no
 * other), or one of its forgeries. All but
 * `self-signed` and `wrong-ca` are signed by the run's own CA, so that nothing but the altered property speaks against them.
 */
export const meshCertificate = (
  mesh: MeshAuthority,
  service: string,
  alter?: CertificateAlteration,
): Promise<KeyPair> => {
  const { stack } = mesh;
  const id = (name: string, domain = stack.trustDomain) =>
    ({ type: 'url', value: identityOf(stack, name, domain) }) as const;
  const dns = (name: string, domain = stack.trustDomain) => ({ type: 'dns', value: `${name}.${domain}` }) as const;
  const other = `other.${stack.trustDomain}`;
  const valid: Leaf = {
    commonName: service,
    // A minute of grace for clocks that differ between the harness and a container's host.
    notBefore: after(mesh.now, -60_000),
    notAfter: after(mesh.now, mesh.validForMs),
    san: [id(service), dns(service)],
    usages: ['client', 'server'],
  };
  switch (alter) {
    case undefined:
      return mintLeaf(valid, mesh.issuer);
    case 'self-signed':
      return mintLeaf(valid, null);
    case 'wrong-ca':
      return mintLeaf(valid, mesh.stranger);
    case 'expired':
      return mintLeaf(
        { ...valid, notBefore: after(mesh.now, -25 * hourMs), notAfter: after(mesh.now, -hourMs) },
        mesh.issuer,
      );
    case 'not-yet-valid':
      return mintLeaf(
        { ...valid, notBefore: after(mesh.now, hourMs), notAfter: after(mesh.now, 25 * hourMs) },
        mesh.issuer,
      );
    case 'unknown-service':
      return mintLeaf({ ...valid, commonName: 'stranger', san: [id('stranger'), dns('stranger')] }, mesh.issuer);
    case 'wrong-trust-domain':
      return mintLeaf({ ...valid, san: [id(service, other), dns(service, other)] }, mesh.issuer);
    case 'several-uris':
      return mintLeaf({ ...valid, san: [id(service), id('stranger'), dns(service)] }, mesh.issuer);
    case 'no-uri':
      return mintLeaf({ ...valid, san: [dns(service)] }, mesh.issuer);
  }
};
