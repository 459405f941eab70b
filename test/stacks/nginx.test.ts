import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import fc from 'fast-check';
import t from 'tap';
import { membersOf } from '../../harness/declare/stack/index.ts';
import type { Policy, TokenAlteration } from '../../harness/model/index.ts';
import { renderConfiguration } from '../support/render.ts';
import { arbitraryPolicy } from '../harness/policy/fixtures/arbitrary-policy.ts';
import { ask } from './fixtures/raw-client.ts';
import { imageOf, startStack } from './fixtures/running-stack.ts';
import { customer, finance, shopClient } from './fixtures/shop-client.ts';

// The limit is low enough to be met here, and out of the way of everybody else.
const limited = (policy: Policy): Policy => ({
  ...policy,
  rateLimits: [{ id: 'each-subject', per: 'subject', requestsPerSecond: 1, burst: 40 }],
});
const running = await startStack('fixtures/stacks/nginx-envoy', limited);
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
    t.notMatch(answer.text, /nginx|\r\nserver:|x-holdfast-reason/i, 'the answer names no product and no reason');
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
  const cases: [string, string | null, (readonly [string, string])[], number][] = [
    ['none', null, [], 401],
    ['oversized', authority.token({ ...customer, alter: 'oversized' }), [], 400],
    ...alterations.map((alter): [string, string, [], number] => [
      alter,
      authority.token({ ...customer, alter }),
      [],
      401,
    ]),
    ['a subject that is no path segment', authority.token({ subject: 'a/b', claims: {} }), [], 401],
    ['a subject with a line feed', authority.token({ subject: 'alice\n', claims: {} }), [], 401],
    ['a second header', valid, [['Authorization', `Bearer ${valid}`]], 400],
    ['another scheme first', null, [['Authorization', `Basic eDp5, Bearer ${valid}`]], 401],
    ['another spelling of the scheme', null, [['Authorization', `bearer ${valid}`]], 401],
  ];
  for (const [name, token, more, status] of cases) {
    const answer = await outside('GET', '/catalogue/7', token, more);
    t.equal(answer.status, status, `${name}: ${answer.status ?? answer.error}`);
    t.notMatch(answer.text, /nginx|reason/i, 'a refusal names no product and no reason');
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
    ['the name of the subrequest', 'GET', '/=authorize', customer, 404],
    ['a scheme and a host in the target', 'GET', 'https://shop.holdfast.test/catalogue/7', customer, 400],
  ];
  for (const [name, method, path, who, status] of cases) {
    const answer = await outside(method, path, authority.token(who));
    t.equal(answer.status, status, name);
    t.strictSame(await seenBy(answer.id), [], name);
  }
  const token = authority.token(customer);
  t.equal((await outside('GET', '/catalogue/7', token, [], 'other.holdfast.test')).status, 421, 'another host');
  t.equal((await outside('GET', '/catalogue/7', token, [], 'shop.holdfast.test.')).status, 421, 'a dot at its end');
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
  const spoofs = [...names, ...more, 'X_User'].map((name) => [name, marker] as const);
  const answer = await outside('GET', '/orders/alice/7', authority.token(customer), [
    ...spoofs,
    ['X-Forwarded-Method', 'GET'],
    ['X-Forwarded-Uri', '/catalogue'],
  ]);
  t.equal(answer.status, 200);
  const seen = await seenBy(answer.id);
  t.equal(seen.length, 2);
  t.notMatch(JSON.stringify(seen), marker);
  const questioned = await outside('GET', '/orders/bob/7', authority.token(customer), [
    ['X-Forwarded-Uri', '/orders/alice/7'],
  ]);
  t.equal(questioned.status, 403, 'nor does it reach the authorizer');
});

t.test('the edge logs what it answered, with the reason', async (t) => {
  const answer = await outside('GET', '/catalogue/log', null);
  await sleep(300);
  const entry = (await running.edgeLog()).find(({ id }) => id === answer.id);
  t.match(entry, { method: 'GET', path: '/catalogue/log', status: 401, flags: '', reason: 'token-missing' });
  for (const [path, host, flags] of [
    ['/catalogue//7', 'shop.holdfast.test', 'path-not-canonical'],
    ['/catalogue/7', 'other.holdfast.test', 'host'],
  ] as const) {
    const { id, text } = await outside('GET', path, null, [], host);
    t.notMatch(text, /nginx/);
    await sleep(300);
    t.match(
      (await running.edgeLog()).find((each) => each['id'] === id),
      { flags, reason: '' },
    );
  }
  const unreadable = await outside('get', '/catalogue/7', null);
  t.equal(unreadable.status, 400);
  t.notMatch(unreadable.text, /nginx/, 'what it could not read is refused in the same words');
  t.ok(Math.abs(Number(entry?.['at']) * 1000 - Date.now()) < 60_000);
  // Of `user`, which matters to root alone, it says something either way.
  const complaints = (await running.logs())
    .split('\n')
    .filter((line) => /\[(warn|error|crit|alert|emerg)\]/.test(line) && !/initgroups|"user" directive/.test(line));
  t.strictSame(complaints, [], 'nginx does not complain');
});

t.test('a subject past its rate limit gets 429, another one does not', async (t) => {
  const token = authority.token({ subject: 'flora', claims: {} });
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, i) =>
      outside('GET', '/catalogue/7', token, [['X-Forwarded-For', `203.0.113.${i}`]]),
    ),
  );
  const passed = answers.filter(({ status }) => status === 200).length;
  t.ok(passed >= 38 && passed <= 50, `${passed} of 60 passed`);
  const refused = answers.filter(({ status }) => status === 429);
  t.equal(refused.length, 60 - passed, answers.map(({ status }) => status).join(' '));
  t.equal((await outside('GET', '/catalogue/7', authority.token({ subject: 'bob', claims: {} }))).status, 200);
  await sleep(300);
  t.match(
    (await running.edgeLog()).find(({ id }) => id === refused[0]?.id),
    { status: 429, flags: 'rate-limit' },
  );
});

t.test('nginx and OPA themselves accept what any policy compiles to, whichever way leads into the mesh', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-validate-'));
  t.teardown(() => rm(folder, { recursive: true }));
  await authority.writeSecrets(join(folder, 'secrets'));
  const policies = fc.sample(arbitraryPolicy(membersOf(running.stack)), { numRuns: 24, seed: 1 });
  const ways = ['mutual-tls', 'sidecar', 'clear'] as const;
  for (const [i, policy] of policies.entries()) {
    const stack = { ...running.stack, edge: { ...running.stack.edge, upstream: ways[i % ways.length]! } };
    for (const [path, text] of renderConfiguration(policy, stack, { today: '2026-01-01' })) {
      if (!/^(edge|authorizer)\//.test(path)) continue;
      await mkdir(join(folder, String(i), dirname(path)), { recursive: true });
      await writeFile(join(folder, String(i), path), text);
    }
  }
  const mounts = [
    `${folder}:/t:ro`,
    `${folder}/secrets/edge:/etc/holdfast/secrets:ro`,
    `${folder}/secrets/edge-public:/etc/holdfast/public:ro`,
  ];
  const check = async (image: string, program: string, options: readonly string[]): Promise<string> => {
    const volumes = mounts.flatMap((mount) => ['-v', mount]);
    const asked = ['run', '--rm', '--network', 'none', ...options, ...volumes, '--entrypoint', 'sh'];
    const { all } = await execa('docker', [...asked, await imageOf(image), '-c', program], { all: true });
    return all;
  };
  const nginx = await check(
    'nginx',
    'for file in /t/*/edge/nginx.conf; do nginx -e stderr -t -c $file || echo REFUSED $file; done',
    ['--tmpfs', '/var/journal', '--tmpfs', '/run/nginx', '--add-host', 'storefront:127.0.0.1'],
  );
  t.equal(nginx.match(/test is successful/g)?.length, policies.length, nginx);
  const opa = await check(
    'opa',
    'for file in /t/*/authorizer/policy.rego; do opa check --strict $file && echo accepted || echo REFUSED $file; done',
    [],
  );
  t.equal(opa.match(/^accepted$/gm)?.length, policies.length, opa);
});

t.test('an authorizer that stands still, or is gone, refuses everything', async (t) => {
  const { stdout } = await execa('docker', ['ps', '--format', '{{.Names}} {{.Label "holdfast.role"}}']);
  const [authorizer] = stdout
    .split('\n')
    .filter((line) => line.startsWith(`holdfast-test-${process.pid}-`) && line.endsWith(' authorizer'))
    .map((line) => line.split(' ')[0]!);
  const token = authority.token(customer);
  const refused = async (why: string): Promise<void> => {
    const answer = await outside('GET', '/catalogue/7', token);
    t.equal(answer.status, 500, why);
    t.strictSame(await seenBy(answer.id), [], why);
    await sleep(300);
    const entry = (await running.edgeLog()).find(({ id }) => id === answer.id);
    t.match(entry, { status: 500, flags: /^authorizer-50[24]$/, reason: '' }, why);
  };
  await execa('docker', ['pause', authorizer!]);
  await refused('it stands still');
  await execa('docker', ['unpause', authorizer!]);
  t.equal((await outside('GET', '/catalogue/7', token)).status, 200, 'it goes on');
  await execa('docker', ['kill', authorizer!]);
  await refused('it is gone');
  await execa('docker', ['start', authorizer!]);
  let status: number | null = null;
  for (let tries = 0; tries < 50 && status !== 200; tries++) {
    await sleep(100);
    ({ status } = await outside('GET', '/catalogue/7', token));
  }
  t.equal(status, 200, 'it is back');
});
