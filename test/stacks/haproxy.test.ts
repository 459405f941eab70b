import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import fc from 'fast-check';
import t from 'tap';
import { membersOf } from '../../harness/declare/stack/index.ts';
import { HoldfastError } from '../../harness/model/index.ts';
import type { Policy, TokenAlteration } from '../../harness/model/index.ts';
import { renderConfiguration } from '../support/render.ts';
import { arbitraryPolicy } from '../harness/policy/fixtures/arbitrary-policy.ts';
import { ask } from './fixtures/raw-client.ts';
import { imageOf, startStack } from './fixtures/running-stack.ts';
import { customer, finance, shopClient } from './fixtures/shop-client.ts';

// The limit is low enough to be met here, and out of the way of everybody else.
const flooder = 'flora';
const limited = (policy: Policy): Policy => ({
  ...policy,
  rateLimits: [{ id: 'each-subject', per: 'subject', requestsPerSecond: 1, burst: 40 }],
});
const running = await startStack('fixtures/stacks/haproxy-envoy', limited);
const { authority } = running;
t.teardown(() => running.stop());

const { edge, outside, seenBy } = await shopClient(running);

t.test('each route passes, and the storefront is called by the edge, which says who the subject is', async (t) => {
  const routes = [
    { method: 'GET', path: '/catalogue/7?q=%2e%2e/', who: customer, crosses: 1 },
    { method: 'GET', path: '/orders/alice/7', who: customer, crosses: 2 },
    { method: 'POST', path: '/checkout/alice', who: customer, crosses: 3 },
    { method: 'POST', path: '/refunds/7', who: finance, crosses: 3 },
  ];
  for (const { method, path, who, crosses } of routes) {
    const answer = await outside(method, path, authority.token(who));
    t.equal(answer.status, 200, path);
    t.notMatch(answer.text, /\r\nserver:/i, 'the answer names no product');
    const seen = await seenBy(answer.id);
    t.equal(seen.length, crosses, `${path}: witnesses`);
    t.match(seen[0], { m: method, p: path, x: /;URI=spiffe:\/\/shop\.holdfast\.test\/edge$/ });
    t.equal(seen[0]?.h['x-holdfast-subject'], who.subject);
    t.notOk(seen[0]?.h['authorization'], 'the token ends at the edge');
  }
});

t.test('every broken token is refused, and no workload sees the request', async (t) => {
  const alterations: TokenAlteration[] = [
    'empty',
    'garbage',
    'oversized',
    'alg-none',
    'no-signature',
    'hs256-with-public-key',
    'injected-jwk',
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
  const valid = authority.token(customer);
  const cases: [string, string | null, (readonly [string, string])[]][] = [
    ['none', null, []],
    ...alterations.map((alter): [string, string, []] => [alter, authority.token({ ...customer, alter }), []]),
    ['a subject that is no path segment', authority.token({ subject: 'a/b', claims: {} }), []],
    ['a subject with a line feed', authority.token({ subject: 'alice\n', claims: {} }), []],
    ['a second header', valid, [['Authorization', `Bearer ${valid}`]]],
    ['another scheme first', null, [['Authorization', `Basic eDp5, Bearer ${valid}`]]],
    ['another spelling of the scheme', null, [['Authorization', `bearer ${valid}`]]],
  ];
  for (const [name, token, more] of cases) {
    const answer = await outside('GET', '/catalogue/7', token, more);
    t.equal(answer.status, 401, `${name}: ${answer.status ?? answer.error}`);
    t.strictSame(await seenBy(answer.id), [], name);
  }
});

t.test('what the policy does not allow is refused', async (t) => {
  const cases: [string, string, string, typeof customer, number][] = [
    ['wrong role', 'POST', '/refunds/7', customer, 403],
    ['no role', 'POST', '/checkout/alice', { subject: 'alice', claims: {} as never }, 403],
    ['another user’s order', 'GET', '/orders/bob/7', customer, 403],
    ['a subject that only begins alike', 'GET', '/orders/alice2/7', customer, 403],
    ['another user’s checkout', 'POST', '/checkout/bob', customer, 403],
    ['another method', 'DELETE', '/orders/alice/7', customer, 403],
    ['HEAD, where GET is allowed', 'HEAD', '/catalogue/7', customer, 403],
    ['no such rule', 'GET', '/', customer, 403],
    ['case', 'GET', '/ORDERS/alice/7', customer, 403],
    ['up and over', 'GET', '/orders/alice/../bob/7', customer, 400],
    ['escaped', 'GET', '/catalogue/%37', customer, 400],
    ['an empty segment', 'GET', '/catalogue//7', customer, 400],
    ['a scheme and a host in the target', 'GET', 'https://shop.holdfast.test/catalogue/7', customer, 400],
  ];
  for (const [name, method, path, who, status] of cases) {
    const answer = await outside(method, path, authority.token(who));
    t.equal(answer.status, status, name);
    t.strictSame(await seenBy(answer.id), [], name);
  }
  const token = authority.token(customer);
  t.equal((await outside('GET', '/catalogue/7', token, [], 'other.holdfast.test')).status, 404, 'another host');
  t.equal((await outside('GET', '/catalogue/7', token, [], 'SHOP.holdfast.test:8443')).status, 200, 'case and port');
  const hello = (tls: { servername?: string; maxVersion?: 'TLSv1.2' }) =>
    ask({ address: edge, port: 8443, tls: { rejectUnauthorized: false, ...tls }, path: '/', headers: [] });
  t.equal((await hello({ servername: 'other.test' })).status, null, 'another server name is shown no certificate');
  t.equal((await hello({})).status, null, 'nor is none');
  t.equal((await hello({ servername: 'shop.holdfast.test', maxVersion: 'TLSv1.2' })).status, null, 'TLS 1.2');
});

t.test('nothing that a client says of itself reaches a workload', async (t) => {
  const marker = 'hf-spoof-1';
  const names = ['X-Forwarded-For', 'x-forwarded-client-cert', 'Forwarded', 'X-Real-IP', 'X-User', 'X-Role', 'Via'];
  const more = ['X-Envoy-Internal', 'X-Holdfast-Subject', 'X-Original-URL', 'Remote-User', 'X-Authenticated-User'];
  const spoofs = [...names, ...more].map((name) => [name, marker] as const);
  const answer = await outside('GET', '/orders/alice/7', authority.token(customer), spoofs);
  t.equal(answer.status, 200);
  const seen = await seenBy(answer.id);
  t.equal(seen.length, 2);
  t.notMatch(JSON.stringify(seen), marker);
  const named = await outside('GET', '/catalogue/7', authority.token(customer), [
    ['Connection', 'close, x-holdfast-subject, x-holdfast-id'],
  ]);
  const [first] = await seenBy(named.id);
  t.equal(first?.h['x-holdfast-subject'], 'alice', 'what Connection names is passed on all the same');
  const underscored = await outside('GET', '/catalogue/7', authority.token(customer), [['X_User', marker]]);
  t.equal(underscored.status, 400, 'an underscored name is refused');
});

t.test('the edge logs what it answered, with the reason', async (t) => {
  const answer = await outside('GET', '/catalogue/log', null);
  await ask({ address: edge, port: 8443, tls: { rejectUnauthorized: false }, path: '/', headers: [] });
  await sleep(500);
  const log = await running.edgeLog();
  const entry = log.find(({ id }) => id === answer.id);
  t.match(entry, { method: 'GET', path: '/catalogue/log', status: 401, reason: 'authentication: no token' });
  t.ok(Math.abs(Number(entry?.at) * 1000 - Date.now()) < 60_000);
  t.ok(
    log.some(({ reason }) => reason === 'SSL handshake failure'),
    'a handshake that failed is in it too',
  );
  t.notMatch(await running.logs(), /\[(WARNING|ALERT)\]/, 'HAProxy does not complain');
});

t.test('a subject past its rate limit gets 429, another one does not', async (t) => {
  const token = authority.token({ subject: flooder, claims: {} });
  const statuses = await Promise.all(
    Array.from({ length: 60 }, async (_, i) => {
      const answer = await outside('GET', '/catalogue/7', token, [['X-Forwarded-For', `203.0.113.${i}`]]);
      return answer.status;
    }),
  );
  const passed = statuses.filter((status) => status === 200).length;
  t.ok(passed >= 38 && passed <= 50, `${passed} of 60 passed`);
  t.equal(statuses.filter((status) => status === 429).length, 60 - passed, statuses.join(' '));
  t.equal((await outside('GET', '/catalogue/7', authority.token({ subject: 'bob', claims: {} }))).status, 200);
});

t.test('HAProxy itself accepts what any policy compiles to, whichever way leads into the mesh', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-validate-'));
  t.teardown(() => rm(folder, { recursive: true }));
  await authority.writeSecrets(join(folder, 'secrets'));
  const policies = fc.sample(arbitraryPolicy(membersOf(running.stack)), { numRuns: 24, seed: 1 });
  const ways = ['mutual-tls', 'sidecar', 'clear'] as const;
  let written = 0;
  for (const [i, policy] of policies.entries()) {
    const stack = { ...running.stack, edge: { ...running.stack.edge, upstream: ways[i % ways.length]! } };
    try {
      const text = renderConfiguration(policy, stack, { today: '2026-01-01' }).get('edge/haproxy.cfg')!;
      await mkdir(join(folder, String(i)));
      await writeFile(join(folder, String(i), 'haproxy.cfg'), text);
      written++;
    } catch (error) {
      t.match(error, { code: 'inexpressible' });
      t.ok(error instanceof HoldfastError);
    }
  }
  t.ok(written >= 18, `${written} of ${policies.length} policies can be told`);
  const program = 'for file in /t/*/haproxy.cfg; do haproxy -c -V -f $file || echo REFUSED $file; done';
  const mounts = [
    `${folder}:/t:ro`,
    `${folder}/secrets/edge:/etc/holdfast/secrets:ro`,
    `${folder}/secrets/edge-public:/etc/holdfast/public:ro`,
  ];
  const volumes = mounts.flatMap((mount) => ['-v', mount]);
  const image = await imageOf('haproxy');
  const { stdout, stderr } = await execa('docker', [
    'run',
    '--rm',
    '--network',
    'none',
    ...volumes,
    '--entrypoint',
    'sh',
    image,
    '-c',
    program,
  ]);
  t.equal(stdout.match(/^Configuration file is valid$/gm)?.length, written, `${stdout}\n${stderr}`);
});
