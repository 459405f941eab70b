import { randomUUID } from 'node:crypto';
import type { ControlPlane } from '../../model/index.ts';
import { mintIssuer, mintLeaf, pem } from './mint.ts';
import type { Issuer, Validity } from './mint.ts';
import { filesOf } from './secrets.ts';
import type { Credentials } from './secrets.ts';

/**
 * What a control plane that issues the mesh's certificates itself is given, by holder and file. `control-plane`: a server
 * certificate of a CA of its own (`cert.pem`, `key.pem`, `ca.pem`), the root of the mesh to issue from (`root.pem`,
 * `root-key.pem`; the run keeps it as well, so that attackers can hold what it would never issue), a `token` that administers
 * it. Each member: the `control-plane-ca.pem` to trust, and the `token`, or the certificate of its `identity`, that it proves itself
 * with.
 */
export const controlPlaneSecrets = async ({
  plane,
  members,
  identity,
  issuer,
  now,
  validity,
}: {
  readonly plane: ControlPlane;
  readonly members: readonly string[];
  readonly identity: (member: string) => Credentials;
  readonly issuer: Issuer;
  readonly now: Date;
  readonly validity: Validity;
}): Promise<Readonly<Record<string, Readonly<Record<string, string>>>>> => {
  const authority = await mintIssuer('control plane CA', validity);
  const server = await mintLeaf(
    {
      commonName: plane.service,
      notBefore: new Date(now.getTime() - 60_000),
      notAfter: validity.notAfter,
      san: [...new Set([plane.service, 'localhost', ...plane.names])].map((value) => ({ type: 'dns', value })),
      usages: ['client', 'server'],
    },
    authority,
  );
  return {
    'control-plane': {
      ...filesOf({ ...server, ca: authority.cert }),
      'root.pem': issuer.cert,
      'root-key.pem': await pem(issuer.keys.privateKey),
      token: randomUUID(),
    },
    ...Object.fromEntries(
      members.map((member) => [
        member,
        {
          ...(plane.admits === 'token' ? { token: randomUUID() } : filesOf(identity(member))),
          'control-plane-ca.pem': authority.cert,
        },
      ]),
    ),
  };
};
