import { resolve } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { readPolicy } from '../../../harness/declare/policy/index.ts';
import { readStack } from '../../../harness/declare/stack/index.ts';
import type { Policy, Stack } from '../../../harness/model/index.ts';
import { audienceIs, collisions, readsAsJson } from '../../../harness/policy/apache-edge/claims.ts';
import { apacheEdge } from '../../../harness/policy/apache-edge/index.ts';
import { unlike, windowOf } from '../../../harness/policy/apache-edge/limits.ts';
import { literally, text as spelt } from '../../../harness/policy/apache-edge/text.ts';
import { identityHeaders } from '../../../harness/policy/identity-headers.ts';
import { arbitraryPolicy } from './fixtures/arbitrary-policy.ts';

const stack = readStack(resolve(import.meta.dirname, '../../../fixtures/stacks/apache-envoy'));
const shop = readPolicy(stack.policy);
const text = (policy: Policy, on: Stack = stack): string => apacheEdge(policy, on).get('edge/httpd.conf')!;
const lines = (policy: Policy, on?: Stack): string[] =>
  text(policy, on)
    .split('\n')
    .map((line) => line.trim());

const waiver = { enforcer: 'apache-edge', reason: 'a test', expires: '2100-01-01' };
const unlimited = (policy: Policy): Policy => ({
  ...policy,
  waivers: policy.rateLimits.map(({ id }) => ({ ...waiver, part: `rateLimits.${id}` })),
});

t.test('any policy that it does not refuse has each of its rules in it, in the same bytes each time', async () => {
  fc.assert(
    fc.property(arbitraryPolicy(['edge', ...stack.services.map(({ id }) => id)]), (drawn) => {
      const policy = unlimited(drawn);
      try {
        const all = lines(policy);
        const demanded = all.filter((line) => line.startsWith('Require expr "%{REQUEST_METHOD} =~ '));
        return (
          demanded.length === policy.rules.flatMap(({ paths }) => paths).length &&
          policy.rules.every(({ id }) => all.includes(`# ${id}`)) &&
          Object.keys(policy.authentication.claims).every((name) =>
            all.some((line) => line.startsWith(`Require expr "-n %{REMOTE_USER} && reqenv('CLAIM_${name}') == `)),
          ) &&
          all.every((line) => !/[^\x20-\x7e]/.test(line)) &&
          text(structuredClone(policy)) === text(policy)
        );
      } catch (error) {
        return (error as { code?: string }).code === 'inexpressible';
      }
    }),
    { numRuns: 50 },
  );
});

t.test('what is asked of a token is asked after authentication, and all of it together with the rules', async (t) => {
  const all = lines(shop);
  const from = all.indexOf('<RequireAll>');
  const to = all.indexOf('</RequireAll>');
  const inside = all.slice(from + 1, to);
  const rules = inside.indexOf('<RequireAny>');
  t.equal(all.filter((line) => line === '<RequireAll>').length, 1);
  t.equal(inside[0], 'Require valid-user');
  const demands = inside.slice(1, rules);
  t.ok(demands.length >= 9);
  for (const demand of demands) t.match(demand, /^Require expr "-n %\{REMOTE_USER\} && /);
  const granted = inside.slice(rules).filter((line) => line.startsWith('Require expr'));
  for (const line of granted) t.notMatch(line, 'REMOTE_USER', 'a rule that named the user would answer 401');
  t.equal(inside[rules + 1], 'Require user ?', 'so that the rules are not asked before authentication');
  t.equal(inside.at(-1), '</RequireAny>');
  t.ok(all.includes('AuthzSendForbiddenOnFailure On'));
});

t.test('the subject in a path is compared with that of the token, wherever it stands', async (t) => {
  const rule = { id: 'r', who: 'authenticated', methods: ['GET', 'PUT'], paths: ['/{sub}/a.b/{sub}/**'] } as const;
  t.match(
    text({ ...shop, rules: [rule] }),
    `m#^(?:GET|PUT)\\z# && (%{REQUEST_URI} =~ m#^(?:/([^/]+)/a\\x2eb/\\1/.+)\\z# && $1 == reqenv('CLAIM_sub'))`,
  );
});

t.test('the upstream is never tried twice nor taken out of service, whichever way leads to it', async (t) => {
  for (const upstream of ['mutual-tls', 'sidecar', 'clear'] as const) {
    const all = lines(shop, { ...stack, edge: { ...stack.edge, upstream } });
    const [pass, ...more] = all.filter((line) => line.startsWith('ProxyPass '));
    t.strictSame(more, []);
    t.match(pass, / retry=0 status=\+I connectiontimeout=1 /, upstream);
    t.notMatch(pass, 'ping=');
    t.equal(all.includes('SSLProxyVerify require'), upstream === 'mutual-tls');
    t.equal(all.includes('SSLProxyCheckPeerName on'), upstream === 'mutual-tls');
    const url = {
      'mutual-tls': 'https://storefront.shop.holdfast.test:15443/',
      sidecar: 'http://127.0.0.1:15001/',
      clear: 'http://storefront:15443/',
    }[upstream];
    t.match(pass, `ProxyPass / ${url} `);
  }
});

t.test('a floor of TLS 1.2 brings ciphers with it', async (t) => {
  const low = text({ ...shop, tls: { minimum: '1.2' } });
  t.match(low, /SSLProtocol -all \+TLSv1\.2 \+TLSv1\.3\nSSLCipherSuite ECDHE-ECDSA-/);
  t.match(low, 'SSLProxyProtocol -all +TLSv1.2 +TLSv1.3');
  t.notMatch(text(shop), 'TLSv1.2');
});

t.test('texts are spelt so that neither the expression nor the file reads anything into them', async (t) => {
  t.equal(spelt('https://a.test/b'), "'https://a.test/b'");
  t.equal(spelt('a"b'), "'a\\042b'");
  t.equal(spelt(' 1'), "'\\040\\061'", 'a digit would be taken for part of the number before it');
  t.equal(spelt('é'), "'\\303\\251'");
  t.equal(literally('a.b#"'), 'a\\x2eb\\x23\\x22');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => /^'(?:[\w.:/@-]|\\[0-3][0-7]{2})*'$/.test(spelt(value))),
  );
});

t.test('an audience may stand alone or in a list', async (t) => {
  const among = /=~ m#(.*)#\)$/.exec(audienceIs('a "b"'))![1]!.replace('\\z', '$');
  const list = new RegExp(among);
  t.match('["x", "a \\"b\\"", "y"]', list);
  t.match('["a \\"b\\""]', list);
  t.notMatch('["x", "a"]', list);
  t.notMatch('["x, \\"a \\"b\\"\\""]', list);
  t.notMatch('[1, "a \\"b\\""]', list, 'a list of something else is not read');
});

t.test('claims that look like others are known', async (t) => {
  for (const value of ['1', 'true', 'null', '["a"]', '{}', ' 5 ']) t.ok(readsAsJson(value), value);
  for (const value of ['a', '"a"', '01', '[a]', '']) t.notOk(readsAsJson(value), value);
  t.strictSame(collisions(['role', 'token_use']), []);
  t.strictSame(collisions(['role', 'Role']), ['role', 'Role']);
  t.strictSame(collisions(['EXP', 'access_token', 'sub']), ['EXP', 'access_token']);
});

t.test('a bucket is two windows, where it is large enough', async (t) => {
  const limit = (requestsPerSecond: number, burst: number) =>
    ({ id: 'edge-total', per: 'edge', requestsPerSecond, burst }) as const;
  t.equal(unlike(limit(20, 400)), null);
  t.equal(windowOf(limit(20, 400)), 10);
  t.match(unlike(limit(20000, 20000)), /two seconds/);
  t.match(unlike({ ...limit(1, 100), per: 'subject' }), /before it is known whose/);
  const told = text({ ...shop, rateLimits: [limit(20, 400)] });
  t.match(told, 'SetEnvIf Request_Protocol . limit-edge-total\nQS_EventLimitCount limit-edge-total 200 9\n');
  t.match(told, 'LoadModule qos_module');
  t.notMatch(text(shop), 'QS_', 'where nothing is counted, nothing counts');
});

t.test('what it cannot tell is refused by name, or left out under a waiver', async (t) => {
  t.throws(() => text({ ...shop, waivers: [] }), {
    code: 'inexpressible',
    message: /apache-edge .*rateLimits\.edge-total/,
  });
  const listed: Policy = { ...shop, roles: { ...shop.roles, finance: { claim: 'role', equals: '["finance"]' } } };
  t.throws(() => text(listed), { code: 'inexpressible', message: /rules\.refund.*\["finance"\]/ });
  const left = text({ ...listed, waivers: [...shop.waivers, { ...waiver, part: 'rules.refund' }] });
  t.notMatch(left, '# refund', 'such a rule allows nothing');
  t.match(left, '# checkout');
  const number: Policy = { ...shop, authentication: { ...shop.authentication, audience: '7' } };
  t.throws(() => text(number), { code: 'inexpressible', message: /authentication/ });
  const nul: Policy = { ...shop, authentication: { ...shop.authentication, claims: { token_use: 'a\0' } } };
  t.throws(() => text(nul), { code: 'inexpressible', message: /null character/ });
  const twice: Policy = { ...shop, roles: { ...shop.roles, other: { claim: 'ROLE', equals: 'x' } } };
  t.throws(() => text(twice), { code: 'inexpressible', message: /case does not count/ });
  const astray: Policy = {
    ...shop,
    calls: [...shop.calls, { from: 'edge', to: 'orders', methods: ['GET'], paths: ['/'] }],
  };
  t.throws(() => text(astray), { code: 'inexpressible', message: /calls\.edge-orders/ });
});

t.test('the script knows every identity header', async (t) => {
  const script = apacheEdge(shop, stack).get('edge/edge.lua')!;
  for (const name of identityHeaders.names) t.match(script, `['${name}'] = true`);
  for (const prefix of identityHeaders.prefixes) t.match(script, `'${prefix}'`);
});
