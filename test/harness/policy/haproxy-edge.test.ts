import { resolve } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { readPolicy } from '../../../harness/declare/policy/index.ts';
import { readStack } from '../../../harness/declare/stack/index.ts';
import type { Policy, Stack } from '../../../harness/model/index.ts';
import { claimIs } from '../../../harness/policy/haproxy-edge/claims.ts';
import { haproxyEdge } from '../../../harness/policy/haproxy-edge/index.ts';
import { unlike, windowOf } from '../../../harness/policy/haproxy-edge/limits.ts';
import { word } from '../../../harness/policy/haproxy-edge/text.ts';
import { arbitraryPolicy } from './fixtures/arbitrary-policy.ts';

const stack = readStack(resolve(import.meta.dirname, '../../../fixtures/stacks/haproxy-envoy'));
const shop = readPolicy(stack.policy);
const text = (policy: Policy, on: Stack = stack): string => haproxyEdge(policy, on).get('edge/haproxy.cfg')!;
const lines = (policy: Policy, on?: Stack): string[] =>
  text(policy, on)
    .split('\n')
    .map((line) => line.trim());

t.test(
  'any policy that it does not refuse has each of its rules and limits in it, in the same bytes each time',
  async () => {
    fc.assert(
      fc.property(arbitraryPolicy(['edge', ...stack.services.map(({ id }) => id)]), (policy) => {
        try {
          const found = text(policy);
          return (
            policy.rules.every(({ id }) => found.includes(`str('rules.${id}')`)) &&
            policy.rateLimits.every(({ id }) => found.includes(`str('rateLimits.${id}')`)) &&
            Object.keys(policy.authentication.claims).every((name) => found.includes(`'authentication: ${name}'`)) &&
            text(structuredClone(policy)) === found
          );
        } catch (error) {
          return (error as { code?: string }).code === 'inexpressible';
        }
      }),
      { numRuns: 50 },
    );
  },
);

t.test('every ground for refusal is followed by a refusal, and the decisions stand in their order', async (t) => {
  const all = lines(shop);
  const at = (start: string): number => all.findIndex((line) => line.startsWith(start));
  for (const [i, line] of all.entries()) {
    if (!line.includes('set-var(txn.reason') || line.endsWith('var(txn.rule)')) continue;
    const next = all.slice(i + 1).find((each) => !each.includes('set-var(txn.reason')) ?? '';
    t.match(next, /^http-request deny deny_status 4\d\d if \{ var\(txn\.reason\) -m found \}$/, line);
  }
  const order = [
    'http-request track-sc0',
    "http-request set-var(txn.reason,ifnotexists) str('host')",
    'http-request del-header x-forwarded-',
    'http-request set-var(txn.token)',
    "http-request set-var(txn.reason,ifnotexists) str('authentication: signature')",
    'http-request set-var(txn.sub)',
    'http-request track-sc1',
    "http-request set-var(txn.rule,ifnotexists) str('rules.browse-catalogue')",
    "http-request set-var(txn.reason) str('rules')",
    'http-request del-header authorization',
    'http-request set-header x-holdfast-subject',
    'default_backend mesh',
  ].map(at);
  t.notOk(order.includes(-1), 'each of them is there');
  t.strictSame(
    order,
    order.toSorted((a, b) => a - b),
  );
});

t.test('the upstream is never tried twice nor taken out of service, whichever way leads to it', async (t) => {
  for (const upstream of ['mutual-tls', 'sidecar', 'clear'] as const) {
    const all = lines(shop, { ...stack, edge: { ...stack.edge, upstream } });
    t.ok(all.includes('retries 0') && all.includes('retry-on none'), upstream);
    const [server, ...more] = all.filter((line) => line.startsWith('server '));
    t.strictSame(more, []);
    t.notMatch(server, / (check|observe|backup|on-error)\b/);
    if (upstream === 'mutual-tls') {
      t.match(server, ' verify required ca-file /etc/holdfast/secrets/ca.pem ');
      t.match(server, ' verifyhost storefront.shop.holdfast.test sni str(storefront.shop.holdfast.test) ');
    } else t.notMatch(server, ' ssl ');
    if (upstream === 'sidecar') t.match(server, /^server sidecar 127\.0\.0\.1:15001 /);
  }
});

t.test('a floor of TLS 1.2 brings ciphers with it', async (t) => {
  t.match(text({ ...shop, tls: { minimum: '1.2' } }), /ssl-min-ver TLSv1\.2\n.*ssl-default-bind-ciphers ECDHE-ECDSA-/);
  t.notMatch(text(shop), 'TLSv1.2');
});

t.test('a word holds any text, and a claim is compared in a way that no number can imitate', async (t) => {
  t.equal(word('https://a.test/b'), 'https://a.test/b');
  t.equal(word('a b'), "'a b'");
  t.equal(word('$HOME "x" \\ #'), `'$HOME "x" \\ #'`);
  t.equal(word("it's"), `'it'\\''s'`);
  t.equal(claimIs('role', 'finance'), "var(txn.token),jwt_payload_query('$.role') -m str -- finance");
  for (const value of ['1', '-5', '.5', '1e+06', 'inf', 'NaN', 'a\nb', 'a\0b'])
    t.match(claimIs('role', value), `,hex -m str ${Buffer.from(value).toString('hex').toUpperCase()}`, value);
});

t.test('a bucket is a window in which it fills, where there is one', async (t) => {
  const limit = (requestsPerSecond: number, burst: number) =>
    ({ id: 'each-subject', per: 'subject', requestsPerSecond, burst }) as const;
  t.equal(windowOf(limit(5000, 5000)), 1000);
  t.equal(windowOf(limit(3, 10)), 3334, 'rounded to the stricter side');
  t.equal(unlike(limit(5000, 5000)), null);
  t.match(unlike(limit(10, 1)), /single request/);
  t.match(unlike(limit(1_000_000, 100)), /less than 10 ms/);
  t.match(unlike(limit(1, 3_000_000)), /more than 24 days/);
  t.match(unlike(limit(1_000_000_000, 3_000_000_000)), /at most 2147483647/);
});

t.test('what it cannot tell is refused by name, or left out under a waiver', async (t) => {
  const tight: Policy = {
    ...shop,
    rateLimits: [{ id: 'one-at-a-time', per: 'subject', requestsPerSecond: 1, burst: 1 }],
  };
  t.throws(() => text(tight), { code: 'inexpressible', message: /haproxy-edge .*rateLimits\.one-at-a-time/ });
  const waiver = { enforcer: 'haproxy-edge', reason: 'a test', expires: '2100-01-01' };
  const waived = text({ ...tight, waivers: [{ ...waiver, part: 'rateLimits.one-at-a-time' }] });
  t.notMatch(waived, 'one-at-a-time');

  const listed: Policy = { ...shop, roles: { ...shop.roles, finance: { claim: 'role', equals: '["finance"]' } } };
  t.throws(() => text(listed), { code: 'inexpressible', message: /rules\.refund.*\["finance"\]/ });
  const left = text({ ...listed, waivers: [{ ...waiver, part: 'rules.refund' }] });
  t.notMatch(left, 'rules.refund', 'such a rule allows nothing');
  t.match(left, 'rules.checkout');

  const array: Policy = { ...shop, authentication: { ...shop.authentication, audience: '[shop]' } };
  t.throws(() => text(array), { code: 'inexpressible', message: /authentication/ });
  const astray: Policy = {
    ...shop,
    calls: [...shop.calls, { from: 'edge', to: 'orders', methods: ['GET'], paths: ['/'] }],
  };
  t.throws(() => text(astray), { code: 'inexpressible', message: /calls\.edge-orders/ });
});
