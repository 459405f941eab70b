import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
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
const perSecond = 60;
const limited = (policy: Policy): Policy => ({
  ...policy,
  rateLimits: [{ id: 'each-subject', per: 'subject', requestsPerSecond: perSecond, burst: perSecond }],
});
const running = await startStack('fixtures/stacks/traefik-envoy', limited);
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
    t.notMatch(answer.text, /\r\n(server|x-powered-by):/i, 'the answer names no product');
    const seen = await seenBy(answer.id);
    t.equal(seen.length, crosses, `${path}: witnesses`);
    t.match(seen[0], { m: method, p: path, x: /;URI=spiffe:\/\/shop\.holdfast\.test\/edge$/ });
    t.equal(seen[0]?.h['x-holdfast-subject'], who.subject);
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
  const cases: [string, string | null, (readonly [string, string])[]][] = [
    ['none', null, []],
    ...alterations.map((alter): [string, string, []] => [alter, authority.token({ ...customer, alter }), []]),
    ['a subject that is no path segment', authority.token({ subject: 'a/b', claims: {} }), []],
    ['a second header', valid, [['Authorization', `Bearer ${valid}`]]],
    ['another scheme first', null, [['Authorization', `Basic eDp5, Bearer ${valid}`]]],
    ['another spelling of the scheme', null, [['Authorization', `bearer ${valid}`]]],
    ['what the authorizer is asked about, from the client', null, [['X-Forwarded-Uri', '/catalogue/7']]],
  ];
  for (const [name, token, more] of cases) {
    const answer = await outside('GET', '/catalogue/7', token, more);
    t.equal(answer.status, 401, `${name}: ${answer.status ?? answer.error}`);
    t.notMatch(answer.text, /x-holdfast-reason/i, 'the reason is for the log');
    t.strictSame(await seenBy(answer.id), [], name);
  }
  const long = await outside('GET', '/catalogue/7', authority.token({ ...customer, alter: 'oversized' }));
  t.ok([400, 401, 431].includes(long.status ?? 0), `oversized: ${long.status ?? long.error}`);
});

t.test('what the policy does not allow is refused', async (t) => {
  const cases: [string, string, string, typeof customer, number][] = [
    ['wrong role', 'POST', '/refunds/7', customer, 403],
    ['no role', 'POST', '/checkout/alice', { subject: 'alice', claims: {} as never }, 403],
    ['another user’s order', 'GET', '/orders/bob/7', customer, 403],
    ['a subject that only begins alike', 'GET', '/orders/alice2/7', customer, 403],
    ['another method', 'DELETE', '/orders/alice/7', customer, 403],
    ['HEAD, where GET is allowed', 'HEAD', '/catalogue/7', customer, 403],
    ['a method in lower case', 'get', '/catalogue/7', customer, 403],
    ['no such rule', 'GET', '/', customer, 403],
    ['case', 'GET', '/ORDERS/alice/7', customer, 403],
    ['up and over', 'GET', '/orders/alice/../bob/7', customer, 400],
    ['up and over, escaped', 'GET', '/orders/alice/%2e%2e/bob/7', customer, 400],
    ['an escaped slash', 'GET', '/catalogue/a%2Fb', customer, 400],
    ['an empty segment', 'GET', '/catalogue//7', customer, 400],
    ['a parameter of a segment', 'GET', '/catalogue/7;a=b', customer, 400],
  ];
  for (const [name, method, path, who, status] of cases) {
    const answer = await outside(method, path, authority.token(who));
    t.equal(answer.status, status, `${name}: ${answer.error ?? ''}`);
    t.strictSame(await seenBy(answer.id), [], name);
  }
  const token = authority.token(customer);
  const refund = [['X-Forwarded-Uri', '/catalogue/7'] as const, ['X-Forwarded-Method', 'GET'] as const];
  t.equal((await outside('POST', '/refunds/7', token, refund)).status, 403, 'the authorizer is asked what is so');
  for (const host of ['other.holdfast.test', 'shop.holdfast.test.', 'shop.holdfast.test.other.test'])
    t.equal((await outside('GET', '/catalogue/7', token, [], host)).status, 404, host);
  t.equal((await outside('GET', '/catalogue/7', token, [], 'SHOP.holdfast.test:8443')).status, 200, 'case and port');
  const hello = (tls: { servername?: string; maxVersion?: 'TLSv1.2' }) =>
    ask({ address: edge, port: 8443, tls: { rejectUnauthorized: false, ...tls }, path: '/', headers: [] });
  t.equal((await hello({ servername: 'other.test' })).status, null, 'another server name is shown no certificate');
  t.equal((await hello({})).status, null, 'nor is none');
  t.equal((await hello({ servername: 'shop.holdfast.test', maxVersion: 'TLSv1.2' })).status, null, 'TLS 1.2');
});

t.test('what the waiver for paths is about: a plain spelling, judged and passed on', async (t) => {
  const token = authority.token(customer);
  for (const target of ['/orders/%61lice/7', 'https://shop.holdfast.test/orders/alice/7']) {
    const answer = await outside('GET', target, token);
    t.equal(answer.status, 200, target);
    t.match((await seenBy(answer.id))[0], { p: '/orders/alice/7' });
  }
  t.equal((await outside('GET', '/orders/%62ob/7', token)).status, 403, 'it opens nothing that the plain one does not');
});

t.test('nothing that a client says of itself reaches a workload', async (t) => {
  const marker = 'hf-spoof-1';
  const names = ['X-Forwarded-For', 'x-forwarded-client-cert', 'Forwarded', 'X-Real-IP', 'X-User', 'X-Role', 'Via'];
  const more = ['X-Envoy-Internal', 'X-Holdfast-Subject', 'X-Original-URL', 'Remote-User', 'X-Authenticated-User'];
  const spoofs = [...names, ...more].map((name) => [name, marker] as const);
  const token = authority.token(customer);
  // Connection may name headers that a proxy is to remove: ours among them.
  for (const named of ['close', ...names, ...more, 'keep-alive, x-holdfast-subject, x-forwarded-for']) {
    const answer = await outside('GET', '/orders/alice/7', token, [...spoofs, ['Connection', named]]);
    t.equal(answer.status, 200, named);
    const seen = await seenBy(answer.id);
    t.equal(seen.length, 2);
    t.notMatch(JSON.stringify(seen), marker, named);
    t.equal(seen[0]?.h['x-holdfast-subject'], 'alice', named);
  }
});

t.test('the edge logs what it answered, with the reason', async (t) => {
  const refused = await outside('GET', '/catalogue/log', null);
  const served = await outside('GET', '/catalogue/log', authority.token(customer));
  await outside('GET', '/catalogue/elsewhere', authority.token(customer), [], 'other.holdfast.test');
  await sleep(200);
  const log = await running.edgeLog();
  const entryOf = (id: string) => log.find((entry) => entry['request_X-Holdfast-Id'] === id);
  const about = { RequestMethod: 'GET', RequestPath: '/catalogue/log', RouterName: 'rules@file' };
  t.match(entryOf(refused.id), { ...about, DownstreamStatus: 401, ClientUsername: 'token-missing' });
  t.match(entryOf(served.id), { ...about, DownstreamStatus: 200, ClientUsername: 'browse-catalogue' });
  t.ok(Math.abs(Date.parse(String(entryOf(served.id)?.['StartUTC'])) - Date.now()) < 60_000);
  t.ok(
    log.some(({ RequestPath, DownstreamStatus }) => RequestPath === '/catalogue/elsewhere' && DownstreamStatus === 404),
    'what no router took is in it too',
  );
  t.notMatch(await running.logs(), / (ERR|WRN) /, 'Traefik does not complain');
});

t.test('a subject past its rate limit gets 429, another one does not', async (t) => {
  const token = authority.token({ subject: 'flora', claims: {} });
  const asked = 5 * perSecond;
  const startedMs = performance.now();
  const statuses = await Promise.all(
    Array.from({ length: asked }, async (_, i) => {
      const answer = await outside('GET', '/catalogue/7', token, [['X-Forwarded-For', `203.0.113.${i}`]]);
      return answer.status;
    }),
  );
  const seconds = (performance.now() - startedMs) / 1000;
  const passed = statuses.filter((status) => status === 200).length;
  t.ok(passed >= perSecond && passed <= perSecond * (1 + seconds) + 1, `${passed} of ${asked} in ${seconds} s`);
  t.equal(statuses.filter((status) => status === 429).length, asked - passed, statuses.join(' '));
  t.equal((await outside('GET', '/catalogue/7', authority.token({ subject: 'bob', claims: {} }))).status, 200);
});

t.test('Traefik itself accepts what any policy compiles to, whichever way leads into the mesh', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-validate-'));
  t.teardown(() => rm(folder, { recursive: true }));
  await authority.writeSecrets(join(folder, 'secrets'));
  const policies = fc.sample(arbitraryPolicy(membersOf(running.stack)), { numRuns: 9, seed: 1 });
  const ways = ['mutual-tls', 'sidecar', 'clear'] as const;
  const waivers = [{ enforcer: 'traefik-edge', part: 'paths', reason: 'a test', expires: '2100-01-01' }];
  for (const [i, policy] of policies.entries()) {
    const stack = { ...running.stack, edge: { ...running.stack.edge, upstream: ways[i % ways.length]! } };
    const rateLimits = policy.rateLimits.map((limit) => ({ ...limit, burst: limit.requestsPerSecond }));
    const files = renderConfiguration({ ...policy, rateLimits, waivers }, stack, { today: '2026-01-01' });
    for (const [path, text] of files) {
      await mkdir(join(folder, String(i), dirname(path)), { recursive: true });
      await writeFile(join(folder, String(i), path), text);
    }
  }
  // What it says of one that it cannot take.
  await cp(join(folder, '0'), join(folder, '9-broken'), { recursive: true });
  const dynamic = await readFile(join(folder, '0/edge/dynamic.yaml'), 'utf8');
  await writeFile(join(folder, '9-broken/edge/dynamic.yaml'), dynamic.replaceAll('Host(', 'Hots('));
  // It has no checker of its own, so it is started with each: what it cannot take it logs, and leaves out.
  const program = [
    'for folder in /t/[0-9]*; do',
    '  sed "s|/etc/holdfast/traefik|$folder/edge|; s|/var/journal|/tmp|" $folder/edge/traefik.yaml > /tmp/traefik.yaml',
    '  echo "== $folder"; timeout 1.5 traefik --configFile=/tmp/traefik.yaml || true',
    'done',
  ].join('\n');
  const mounts = [
    `${folder}:/t:ro`,
    `${folder}/secrets/edge:/etc/holdfast/secrets:ro`,
    `${folder}/secrets/edge-public:/etc/holdfast/public:ro`,
  ];
  const volumes = mounts.flatMap((mount) => ['-v', mount]);
  const image = await imageOf('traefik');
  const { all } = await execa(
    'docker',
    ['run', '--rm', '--network', 'none', ...volumes, '--entrypoint', 'sh', image, '-c', program],
    { all: true },
  );
  const sections = all.split(/^== .*$/m).slice(1);
  t.equal(sections.length, policies.length + 1);
  const complaint = / (ERR|WRN|FTL) |error/i;
  for (const section of sections.slice(0, -1)) t.notMatch(section, complaint);
  t.match(sections.at(-1), complaint);
});
