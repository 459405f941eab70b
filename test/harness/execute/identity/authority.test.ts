import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import t from 'tap';
import { readPolicy } from '../../../../harness/declare/policy/index.ts';
import { readStack } from '../../../../harness/declare/stack/index.ts';
import { certificateAlterations, createAuthority } from '../../../../harness/execute/identity/index.ts';
import type { TokenAlteration } from '../../../../harness/model/index.ts';

const stack = readStack(resolve(import.meta.dirname, '../../../../fixtures/stacks/envoy-envoy'));
const policy = readPolicy(stack.policy);
const now = new Date();
const authority = await createAuthority({ run: 'r1', stack, policy, now, validForMs: 3_600_000 });

t.test('certificates: valid ones hold, and each forgery has exactly its fault', async (t) => {
  const ca = new X509Certificate(authority.meshCa);
  const orders = new X509Certificate(authority.certificate({ service: 'orders' }).cert);
  t.ok(orders.verify(ca.publicKey) && orders.checkIssued(ca));
  t.equal(orders.subjectAltName, 'URI:spiffe://shop.holdfast.test/orders, DNS:orders.shop.holdfast.test');
  for (const alter of certificateAlterations) {
    const cert = new X509Certificate(authority.certificate({ service: 'orders', alter }).cert);
    t.equal(cert.verify(ca.publicKey), !['self-signed', 'wrong-ca'].includes(alter), `${alter}: signature`);
    const dated = cert.validFromDate <= now && cert.validToDate >= now;
    t.equal(dated, !['expired', 'not-yet-valid'].includes(alter), `${alter}: dates`);
    const named = cert.subjectAltName === orders.subjectAltName;
    t.equal(
      named,
      !['unknown-service', 'wrong-trust-domain', 'several-uris', 'no-uri'].includes(alter),
      `${alter}: name`,
    );
  }
  t.throws(() => authority.certificate({ service: 'nobody' }), { code: 'internal' });
});

t.test('tokens: the valid one verifies with the published keys, no forgery does', async (t) => {
  const keys = createLocalJWKSet({ keys: [...authority.jwks.keys] });
  const verify = (token: string) =>
    jwtVerify(token, keys, {
      issuer: policy.authentication.issuer,
      audience: policy.authentication.audience,
      algorithms: ['ES256'],
      requiredClaims: ['exp'],
      typ: 'JWT',
    });
  const recipe = { subject: 'alice', claims: { role: 'customer' } };
  const { payload } = await verify(authority.token(recipe));
  t.match(payload, { sub: 'alice', role: 'customer', token_use: 'access' });
  const alterations: Record<TokenAlteration, RegExp | null> = {
    empty: null,
    garbage: null,
    oversized: /^ES256$/,
    'alg-none': /^none$/,
    'no-signature': /^ES256$/,
    'hs256-with-public-key': /^HS256$/,
    'injected-jwk': /^ES256$/,
    'injected-jku': /^ES256$/,
    'injected-x5c': /^ES256$/,
    'kid-traversal': /^HS256$/,
    'zero-signature': /^ES256$/,
    'stranger-key': /^ES256$/,
    expired: /^ES256$/,
    'not-yet-valid': /^ES256$/,
    'wrong-issuer': /^ES256$/,
    'wrong-audience': /^ES256$/,
    'wrong-type': /^ES256$/,
    'no-expiry': /^ES256$/,
  };
  for (const [alter, algorithm] of Object.entries(alterations)) {
    const token = authority.token({ ...recipe, alter: alter as TokenAlteration });
    await t.rejects(verify(token), alter);
    if (algorithm !== null) t.match(decodeProtectedHeader(token).alg, algorithm, alter);
  }
  t.notOk(JSON.stringify(authority.jwks).includes('"d"'), 'no private key is published');
});

t.test('secrets are readable by their owner alone', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-secrets-'));
  t.teardown(() => rm(folder, { recursive: true }));
  await authority.writeSecrets(folder);
  for (const member of ['edge', 'storefront', 'orders', 'payments', 'edge-public']) {
    t.equal((await stat(join(folder, member))).mode & 0o777, 0o700);
    t.equal((await stat(join(folder, member, 'key.pem'))).mode & 0o777, 0o600);
    const cert = new X509Certificate(await readFile(join(folder, member, 'cert.pem')));
    t.ok(cert.verify(new X509Certificate(await readFile(join(folder, member, 'ca.pem'))).publicKey), member);
  }
});
