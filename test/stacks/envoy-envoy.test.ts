import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import fc from 'fast-check';
import t from 'tap';
import { membersOf } from '../../harness/declare/stack/index.ts';
import { renderConfiguration } from '../support/render.ts';
import { arbitraryPolicy } from '../harness/policy/fixtures/arbitrary-policy.ts';
import type { CertificateAlteration, TokenAlteration } from '../../harness/model/index.ts';
import { certificateAlterations } from '../../harness/execute/identity/index.ts';
import { ask } from './fixtures/raw-client.ts';
import { imageOf, startStack } from './fixtures/running-stack.ts';
import { customer, finance, shopClient } from './fixtures/shop-client.ts';

const running = await startStack('fixtures/stacks/envoy-envoy');
const { authority } = running;
t.teardown(() => running.stop());

const { edge, nextId, outside } = await shopClient(running);

/** One request to a sidecar's mesh port, with a certificate or without. */
const inside = async (
  to: string,
  method: string,
  path: string,
  certificate?: { service: string; alter?: CertificateAlteration },
) => {
  const id = nextId();
  const pair = certificate === undefined ? {} : authority.certificate(certificate);
  const answer = await ask({
    address: await running.address(`${to}-sidecar`, 'mesh'),
    port: 15443,
    tls: { ...pair, rejectUnauthorized: false },
    method,
    path,
    headers: [
      ['Host', to],
      ['x-holdfast-id', id],
    ],
  });
  return { ...answer, id };
};

const services = ['storefront', 'orders', 'payments'];
const seenBy = async (id: string) => {
  const journals = await Promise.all(
    services.map(async (service) => ({ service, entries: await running.journal(service) })),
  );
  return journals.flatMap(({ service, entries }) =>
    entries.filter((entry) => entry.id === id).map((entry) => ({ service, entry })),
  );
};

t.test('each route passes the services that it should, each seeing the caller that it should', async (t) => {
  const routes = [
    { method: 'GET', path: '/catalogue/7?q=1', who: customer, crosses: ['storefront'] },
    { method: 'GET', path: '/orders/alice/7', who: customer, crosses: ['storefront', 'orders'] },
    { method: 'POST', path: '/checkout/alice', who: customer, crosses: services },
    { method: 'POST', path: '/refunds/7', who: finance, crosses: services },
  ];
  const callers: Record<string, string> = { storefront: 'edge', orders: 'storefront', payments: 'orders' };
  for (const { method, path, who, crosses } of routes) {
    const answer = await outside(method, path, authority.token(who));
    t.equal(answer.status, 200, path);
    t.match(
      answer.text,
      JSON.stringify({ services: crosses, id: answer.id }).slice(1, -1).split(',"id"')[1] ?? '',
      'the answer carries its own identity',
    );
    const seen = await seenBy(answer.id);
    t.strictSame(
      seen.map(({ service }) => service),
      crosses,
      `${path}: witnesses`,
    );
    for (const { service, entry } of seen) {
      t.match(entry, { m: method, p: path });
      t.match(
        entry.x,
        new RegExp(`;URI=spiffe://shop\\.holdfast\\.test/${callers[service]}$`),
        `${path}: ${service} was called by`,
      );
    }
  }
});

t.test('the edge refuses every broken token, and no workload sees the request', async (t) => {
  const alterations: TokenAlteration[] = [
    'empty',
    'garbage',
    'oversized',
    'alg-none',
    'no-signature',
    'hs256-with-public-key',
    'injected-jwk',
    'injected-jku',
    'injected-x5c',
    'kid-traversal',
    'zero-signature',
    'stranger-key',
    'expired',
    'not-yet-valid',
    'wrong-issuer',
    'wrong-audience',
    'wrong-type',
    'no-expiry',
  ];
  const tokens = [
    ['none', null] as const,
    ...alterations.map((alter) => [alter, authority.token({ ...customer, alter })] as const),
  ];
  for (const [name, token] of tokens) {
    const answer = await outside('GET', '/catalogue/7', token);
    t.ok(answer.status === 401 || answer.status === 403, `${name}: ${answer.status ?? answer.error}`);
    t.strictSame(await seenBy(answer.id), [], name);
  }
  const subject = await outside('GET', '/catalogue/7', authority.token({ subject: 'a/b', claims: {} }));
  t.equal(subject.status, 401, 'a subject that is no path segment');
  const query = await outside('GET', `/catalogue/7?access_token=${authority.token(customer)}`, null);
  t.equal(query.status, 401, 'a token in the query');
});

t.test('the edge refuses what the policy does not allow', async (t) => {
  const cases: [string, string, string, typeof customer, number][] = [
    ['wrong role', 'POST', '/refunds/7', customer, 403],
    ['no role', 'POST', '/checkout/alice', { subject: 'alice', claims: {} as never }, 403],
    ['another user’s order', 'GET', '/orders/bob/7', customer, 403],
    ['a subject that only begins alike', 'GET', '/orders/alice2/7', customer, 403],
    ['another user’s checkout', 'POST', '/checkout/bob', customer, 403],
    ['below one’s own checkout', 'POST', '/checkout/alice/x', customer, 403],
    ['another method', 'DELETE', '/orders/alice/7', customer, 403],
    ['no such rule', 'GET', '/', customer, 403],
    ['up and over', 'GET', '/orders/alice/../bob/7', customer, 403],
    ['escaped up and over', 'GET', '/orders/alice/%2e%2e/bob/7', customer, 403],
    ['escaped slash', 'GET', '/orders/alice/..%2fbob/7', customer, 400],
    ['case', 'GET', '/ORDERS/alice/7', customer, 403],
  ];
  for (const [name, method, path, who, status] of cases) {
    const answer = await outside(method, path, authority.token(who));
    t.equal(answer.status, status, name);
    t.strictSame(await seenBy(answer.id), [], name);
  }
  const host = await outside('GET', '/catalogue/7', authority.token(customer), [], 'other.holdfast.test');
  t.equal(host.status, 404, 'another host');
  t.strictSame(await seenBy(host.id), []);
  const port = await outside('GET', '/catalogue/7', authority.token(customer), [], 'SHOP.holdfast.test:8443');
  t.equal(port.status, 200, 'the same host, spelt with case and port');
  const unnamed = await ask({
    address: edge,
    port: 8443,
    tls: { rejectUnauthorized: false, servername: 'other.test' },
    path: '/',
    headers: [],
  });
  t.equal(unnamed.status, null, 'another server name is shown no certificate');
  const old = await ask({
    address: edge,
    port: 8443,
    tls: { rejectUnauthorized: false, servername: 'shop.holdfast.test', maxVersion: 'TLSv1.2' },
    path: '/',
    headers: [],
  });
  t.equal(old.status, null, 'TLS 1.2');
});

t.test('nothing that a client says of itself reaches a workload', async (t) => {
  const marker = 'hf-spoof-1';
  const names = [
    'X-Forwarded-For',
    'X-Forwarded-Host',
    'X-Forwarded-Proto',
    'X-Forwarded-Port',
    'X-Forwarded-Prefix',
    'Forwarded',
    'X-Real-IP',
    'True-Client-IP',
    'X-Original-URL',
    'X-Rewrite-URL',
    'X-User',
    'X-User-Id',
    'X-Role',
    'X-Authenticated-User',
    'X-Remote-User',
    'Remote-User',
    'X-Envoy-External-Address',
    'X-Envoy-Original-Path',
    'X-Envoy-Internal',
    'X-Holdfast-Subject',
    'Via',
    'X-Forwarded-Client-Cert',
  ];
  const spoofs = names.flatMap((name) => [[name, marker] as const, [name.toLowerCase(), marker] as const]);
  const answer = await outside('GET', '/orders/alice/7', authority.token(customer), spoofs);
  t.equal(answer.status, 200);
  const seen = await seenBy(answer.id);
  t.equal(seen.length, 2);
  t.notMatch(JSON.stringify(seen), marker);
  t.equal(seen[0]?.entry.h['x-holdfast-subject'], 'alice', 'the verified subject does');
  const underscored = await outside('GET', '/catalogue/7', authority.token(customer), [['X_User', marker]]);
  t.equal(underscored.status, 400, 'an underscored name is refused');
});

t.test('a sidecar lets in the callers of the policy and nobody else', async (t) => {
  t.equal(
    (await inside('orders', 'GET', '/orders/alice/7', { service: 'storefront' })).status,
    200,
    'twin: the caller of the policy',
  );
  const refused: [string, Awaited<ReturnType<typeof inside>>][] = [
    ['no certificate', await inside('orders', 'GET', '/orders/alice/7')],
    ['payments as caller', await inside('orders', 'GET', '/orders/alice/7', { service: 'payments' })],
    ['the edge, past the storefront', await inside('orders', 'GET', '/orders/alice/7', { service: 'edge' })],
    ['its own certificate', await inside('orders', 'GET', '/orders/alice/7', { service: 'orders' })],
    ['a path that is not in the matrix', await inside('orders', 'GET', '/catalogue/7', { service: 'storefront' })],
    ['a method that is not in the matrix', await inside('payments', 'GET', '/checkout/alice', { service: 'orders' })],
  ];
  for (const alter of certificateAlterations) {
    refused.push([alter, await inside('orders', 'GET', '/orders/alice/7', { service: 'storefront', alter })]);
  }
  for (const [name, answer] of refused) {
    t.ok(answer.status === null || answer.status === 403, `${name}: ${answer.status ?? answer.error}`);
    t.strictSame(await seenBy(answer.id), [], name);
  }
});

t.test('nothing else answers in the mesh', async (t) => {
  const headers = [
    ['Host', 'orders'],
    ['x-holdfast-id', nextId()],
  ] as const;
  const address = await running.address('orders-sidecar', 'mesh');
  const plain = await ask({ address, port: 15443, path: '/orders/alice/7', headers });
  t.equal(plain.status, null, 'plaintext to the mesh port');
  for (const [name, port] of [
    ['workload', 8080],
    ['outbound', 15001],
    ['admin', 15000],
  ] as const) {
    t.equal((await ask({ address, port, path: '/', headers })).error, 'ECONNREFUSED', `${name} of orders`);
  }
  t.equal((await ask({ address: edge, port: 15000, path: '/', headers })).error, 'ECONNREFUSED', 'admin of the edge');
});

t.test('the edge logs what it answered, with the reason', async (t) => {
  const answer = await outside('GET', '/catalogue/log', null);
  await sleep(500);
  const entry = (await running.edgeLog()).find(({ id }) => id === answer.id);
  t.match(entry, { method: 'GET', path: '/catalogue/log', status: 401, reason: /jwt_authn/ });
  t.ok(Math.abs(Number(entry?.at) * 1000 - Date.now()) < 60_000);
  t.notMatch(await running.logs(), /deprecated|\[error\]|\[critical\]/i, 'no Envoy complains of its configuration');
});

t.test('a subject past its rate limit gets 429, another one does not', async (t) => {
  const limited = await startStack('fixtures/stacks/envoy-envoy', (policy) => ({
    ...policy,
    rateLimits: [{ id: 'each-subject', per: 'subject', requestsPerSecond: 1, burst: 3 }],
  }));
  t.teardown(() => limited.stop());
  const address = await limited.address('edge', 'public');
  const get = (subject: string, i: number) =>
    ask({
      address,
      port: 8443,
      tls: { ca: limited.authority.publicCa, servername: 'shop.holdfast.test' },
      path: '/catalogue/7',
      headers: [
        ['Host', 'shop.holdfast.test'],
        ['X-Forwarded-For', `203.0.113.${i}`],
        ['Authorization', `Bearer ${limited.authority.token({ subject, claims: {} })}`],
      ],
    });
  const statuses = await Promise.all(Array.from({ length: 12 }, async (_, i) => (await get('alice', i)).status));
  t.ok(statuses.includes(200) && statuses.filter((status) => status === 429).length >= 6, statuses.join(' '));
  t.equal((await get('bob', 0)).status, 200);
});

t.test('Envoy itself accepts what any policy compiles to', async (t) => {
  const members = membersOf(running.stack);
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-validate-'));
  t.teardown(() => rm(folder, { recursive: true }));
  await authority.writeSecrets(join(folder, 'secrets'));
  const policies = fc.sample(arbitraryPolicy(members), { numRuns: 8, seed: 1 });
  for (const [i, policy] of policies.entries()) {
    for (const [path, text] of renderConfiguration(policy, running.stack, { today: '2026-01-01' })) {
      await mkdir(join(folder, String(i), dirname(path)), { recursive: true });
      await writeFile(join(folder, String(i), path), text);
    }
  }
  const program =
    'for file in /t/*/*/envoy.yaml; do envoy --mode validate -l error -c $file || echo REFUSED $file; done';
  const mounts = [
    `${folder}:/t:ro`,
    `${folder}/secrets/edge:/etc/holdfast/secrets:ro`,
    `${folder}/secrets/edge-public:/etc/holdfast/public:ro`,
  ];
  const volumes = mounts.flatMap((mount) => ['-v', mount]);
  const { stdout } = await execa(
    'docker',
    [
      'run',
      '--rm',
      '--network',
      'none',
      '--tmpfs',
      '/var/journal',
      ...volumes,
      '--entrypoint',
      'sh',
      await imageOf('envoy'),
      '-c',
      program,
    ],
    { all: true },
  );
  t.equal(stdout.match(/ OK$/gm)?.length, policies.length * members.length, stdout);
});
