import { X509Certificate } from 'node:crypto';
import type { JWK } from 'jose';
import { HoldfastError } from '../../model/index.ts';
import type { CertificateAlteration, CertificateRecipe, Policy, Stack, TokenRecipe } from '../../model/index.ts';
import { certificateAlterations, meshCertificate } from './certificates.ts';
import { controlPlaneSecrets } from './control-plane.ts';
import { mintIssuer, mintLeaf } from './mint.ts';
import { filesOf, writeSecretFiles } from './secrets.ts';
import type { Credentials } from './secrets.ts';
import { newTokenKey } from './token-key.ts';
import { makeToken } from './tokens.ts';

/** The run's own certificate authority and token issuer. */
export type Authority = {
  /** The issuer's public keys (RFC 7517), for the edge's configuration. */
  readonly jwks: { readonly keys: readonly JWK[] };
  /** PEM of the CA of the edge's public certificate: what an outside client trusts. */
  readonly publicCa: string;
  /** PEM of the CA of the mesh. */
  readonly meshCa: string;
  /**
   * Writes `<folder>/edge-public/{cert,key,cert-and-key,ca}.pem` with the issuer's public key (`jwks.json`, `issuer.pem`), and for
   * each member the same of its mesh identity; where a control plane issues those, what it needs for that in their place
   * (see `controlPlaneSecrets`). These are the only private keys on disk.
   */
  readonly writeSecrets: (folder: string) => Promise<void>;
  /** The certificate of a recipe; minted when the authority was created, the same one each time. Throws `internal` for no member. */
  readonly certificate: (recipe: CertificateRecipe) => Credentials;
  /** The token of a recipe; made afresh each time. */
  readonly token: (recipe: TokenRecipe) => string;
};

/** `now` is the wall clock at the run's start; everything valid is valid for `validForMs` from then. */
export type AuthorityInputs = {
  readonly run: string;
  readonly stack: Stack;
  readonly policy: Policy;
  readonly now: Date;
  readonly validForMs: number;
};

/** Creates the authority of a run. Its signing keys stay in the memory of this process, but for the root of a control plane that issues. */
export const createAuthority = async ({ run, stack, policy, now, validForMs }: AuthorityInputs): Promise<Authority> => {
  const validity = {
    notBefore: new Date(now.getTime() - 26 * 3_600_000),
    notAfter: new Date(now.getTime() + validForMs),
  };
  const [issuer, stranger, publicIssuer] = await Promise.all([
    mintIssuer(`mesh CA of ${run}`, validity, stack.controlPlane === null ? 0 : 1),
    mintIssuer(`mesh CA of ${run}`, validity),
    mintIssuer(`public CA of ${run}`, validity),
  ]);
  const mesh = { stack, now, validForMs, issuer, stranger };
  const services = ['edge', ...stack.services.map((service) => service.id)];
  const minted = await mintAll(services, (service, alter) => meshCertificate(mesh, service, alter));
  const edgePublic = await mintLeaf(
    {
      commonName: stack.edge.hostname,
      notBefore: new Date(now.getTime() - 60_000),
      notAfter: validity.notAfter,
      san: [{ type: 'dns', value: stack.edge.hostname }],
      usages: ['server'],
    },
    publicIssuer,
  );
  const [key, strangerKey] = await Promise.all([newTokenKey(), newTokenKey()]);
  const strangerCert = await mintLeaf(
    {
      ...validity,
      commonName: 'stranger',
      san: [{ type: 'dns', value: 'stranger.holdfast.test' }],
      usages: ['client'],
    },
    null,
  );
  const strangerX5c = new X509Certificate(strangerCert.cert).raw.toString('base64');
  const tokens = { authentication: policy.authentication, now, validForMs, key, stranger: strangerKey, strangerX5c };

  const certificate = ({ service, alter }: CertificateRecipe): Credentials => {
    const pair = minted.get(nameOf(service, alter));
    if (pair === undefined)
      throw new HoldfastError('internal', `expected a member of the mesh (${services.join(', ')}), found "${service}"`);
    return { ...pair, ca: issuer.cert };
  };
  return {
    jwks: { keys: [key.publicJwk] },
    publicCa: publicIssuer.cert,
    meshCa: issuer.cert,
    certificate,
    token: (recipe) => makeToken(tokens, recipe),
    writeSecrets: async (folder) => {
      await writeSecretFiles(folder, {
        'edge-public': {
          ...filesOf({ ...edgePublic, ca: publicIssuer.cert }),
          'jwks.json': JSON.stringify({ keys: [key.publicJwk] }),
          'issuer.pem': key.publicPem,
        },
        ...(stack.controlPlane === null
          ? Object.fromEntries(services.map((service) => [service, filesOf(certificate({ service }))]))
          : await controlPlaneSecrets({
              plane: stack.controlPlane,
              members: services,
              identity: (service) => certificate({ service }),
              issuer,
              now,
              validity,
            })),
      });
    },
  };
};

const nameOf = (service: string, alter: CertificateAlteration | undefined): string => `${service} ${alter ?? 'valid'}`;

const mintAll = async <T>(
  services: readonly string[],
  mint: (service: string, alter?: CertificateAlteration) => Promise<T>,
) => {
  const entries = services.flatMap((service) =>
    [undefined, ...certificateAlterations].map((alter) => ({ service, alter })),
  );
  return new Map(
    await Promise.all(
      entries.map(async ({ service, alter }) => [nameOf(service, alter), await mint(service, alter)] as const),
    ),
  );
};
