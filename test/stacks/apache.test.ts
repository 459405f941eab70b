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
import { script } from '../../fixtures/products/apache/compile/edge/strip.ts';
import { renderConfiguration } from '../support/render.ts';
import { arbitraryPolicy } from '../harness/policy/fixtures/arbitrary-policy.ts';
import { ask } from './fixtures/raw-client.ts';
import { imageOf, startStack } from './fixtures/running-stack.ts';
import { customer, finance, shopClient } from './fixtures/shop-client.ts';

// High enough to be out of the way of everybody but the one who floods.
const limited = (policy: Policy): Policy => ({
  ...policy,
  rateLimits: [{ id: 'edge-total', per: 'edge', requestsPerSecond: 20, burst: 400 }],
});
const running = await startStack('fixtures/stacks/apache-envoy', limited);
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
    t.match(answer.text, /\r\nserver: Apache\r\n/i, 'the answer names the product, and no version');
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
    const expected = name === 'oversized' ? 400 : 401;
    t.equal(answer.status, expected, `${name}: ${answer.status ?? answer.error}`);
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
  t.equal((await outside('GET', '/catalogue/7', token, [], 'other.holdfast.test')).status, 421, 'another host');
  t.equal((await outside('GET', '/catalogue/7', token, [], 'shop.holdfast.test.')).status, 421, 'a dot at the end');
  t.equal((await outside('GET', '/catalogue/7', token, [], 'SHOP.holdfast.test:8443')).status, 200, 'case and port');
  const hello = (tls: { servername?: string; maxVersion?: 'TLSv1.2' }) =>
    ask({
      address: edge,
      port: 8443,
      tls: { rejectUnauthorized: false, ...tls },
      path: '/catalogue/7',
      headers: [
        ['Host', 'shop.holdfast.test'],
        ['Authorization', `Bearer ${token}`],
      ],
    });
  t.equal((await hello({ servername: 'other.test' })).status, 421, 'another server name');
  t.equal((await hello({})).status, 403, 'no server name');
  t.equal((await hello({ servername: 'shop.holdfast.test', maxVersion: 'TLSv1.2' })).status, null, 'TLS 1.2');
  t.equal((await outside('OPTIONS', '*', token)).status, 400, 'what httpd would answer itself');
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
  t.equal(underscored.status, 200);
  t.notMatch(JSON.stringify(await seenBy(underscored.id)), marker, 'an underscore reads as a dash');
});

t.test('the edge logs what it answered, with the reason, as JSON whatever was sent', async (t) => {
  const token = authority.token(customer);
  const cases: [string, string, string, string | null, number, string][] = [
    ['passed on', 'GET', '/catalogue/log', token, 200, '/catalogue/log'],
    ['rules', 'GET', '/internal', token, 403, '/internal'],
    ['paths', 'GET', '/a/%2e%2e/b', token, 400, '/a/%2e%2e/b'],
    ['authentication: no valid token', 'GET', '/catalogue/7', null, 401, '/catalogue/7'],
    ...(
      [
        ['wrong-issuer', 'issuer'],
        ['wrong-audience', 'audience'],
        ['wrong-type', 'token_use'],
        ['not-yet-valid', 'not before'],
      ] as const
    ).map(([alter, name]): [string, string, string, string, number, string] => [
      `authentication: ${name}`,
      'GET',
      '/catalogue/7',
      authority.token({ ...customer, alter }),
      401,
      '/catalogue/7',
    ]),
  ];
  const made = await Promise.all(
    cases.map(async ([reason, method, path, bearer, status, logged]) => {
      const { id } = await outside(method, path, bearer);
      return { reason, method, status, logged, id };
    }),
  );
  for (const [name, value] of [
    ['x-holdfast-id', 'a"b\\c\u001b'],
    ['user-agent', '"\\'],
  ])
    await outside('GET', '/catalogue/"\\\u001b', token, [[name!, value!]]);
  await outside('G"T', '/catalogue/7', token);
  await sleep(300);
  const log = await running.edgeLog();
  for (const { id, reason, method, status, logged } of made) {
    const entry = log.find((each) => each['id'] === id);
    t.match(entry, { method, path: logged, status, reason });
    t.ok(Math.abs(Number(entry?.['at']) * 1000 - Date.now()) < 60_000);
  }
  t.notMatch(await running.logs(), /\[\w+:(emerg|crit|error|warn)\]/, 'httpd does not complain');
});

t.test('past the limit of the edge everybody gets 429, for the rest of the window', async (t) => {
  const token = authority.token(customer);
  await sleep(11_000);
  const statuses = await Promise.all(
    Array.from({ length: 260 }, async (_, i) => {
      const answer = await outside('GET', '/catalogue/7', token, [['X-Forwarded-For', `203.0.113.${i}`]]);
      return answer.status;
    }),
  );
  const passed = statuses.filter((status) => status === 200).length;
  t.equal(passed, 200, 'half of the burst, which is ten seconds of the rate');
  t.equal(statuses.filter((status) => status === 429).length, 60);
  const refused = (await running.edgeLog()).filter(({ status }) => status === 429);
  t.ok(refused.length >= 60 && refused.every(({ reason }) => reason === 'rateLimits.edge-total'));
});

t.test('httpd itself accepts what any policy compiles to, whichever way leads into the mesh', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-validate-'));
  t.teardown(() => rm(folder, { recursive: true }));
  await authority.writeSecrets(join(folder, 'secrets'));
  const policies = fc.sample(arbitraryPolicy(membersOf(running.stack)), { numRuns: 24, seed: 1 });
  const ways = ['mutual-tls', 'sidecar', 'clear'] as const;
  await writeFile(join(folder, 'edge.lua'), script);
  const waiver = { enforcer: 'apache-edge', reason: 'a test', expires: '2100-01-01' };
  let written = 0;
  for (const [i, policy] of policies.entries()) {
    const stack = { ...running.stack, edge: { ...running.stack.edge, upstream: ways[i % ways.length]! } };
    try {
      const waivers = policy.rateLimits.map(({ id }) => ({ ...waiver, part: `rateLimits.${id}` }));
      const text = renderConfiguration({ ...policy, waivers }, stack, { today: '2026-01-01' }).get('edge/httpd.conf')!;
      await mkdir(join(folder, String(i)));
      await writeFile(join(folder, String(i), 'httpd.conf'), text);
      written++;
    } catch (error) {
      t.match(error, { code: 'inexpressible' });
      t.ok(error instanceof HoldfastError);
    }
  }
  t.ok(written >= 18, `${written} of ${policies.length} policies can be told`);
  const program = 'for file in /t/*/httpd.conf; do apache2 -t -f $file || echo REFUSED $file; done';
  const mounts = [
    `${folder}:/t:ro`,
    `${folder}/secrets/edge:/etc/holdfast/secrets:ro`,
    `${folder}/secrets/edge-public:/etc/holdfast/public:ro`,
    `${folder}/edge.lua:/etc/holdfast/edge.lua:ro`,
  ];
  const volumes = mounts.flatMap((mount) => ['-v', mount]);
  const image = await imageOf('apache');
  const { all } = await execa(
    'docker',
    [
      'run',
      '--rm',
      '--network',
      'none',
      '--tmpfs',
      '/var/journal',
      '--tmpfs',
      '/run/httpd',
      ...volumes,
      '--entrypoint',
      'sh',
      image,
      '-c',
      program,
    ],
    { all: true },
  );
  t.equal(all.match(/^Syntax OK$/gm)?.length, written, all);
});
