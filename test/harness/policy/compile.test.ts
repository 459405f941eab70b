import { resolve } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { parse } from 'yaml';
import { readPolicy } from '../../../harness/declare/policy/index.ts';
import { readStack } from '../../../harness/declare/stack/index.ts';
import type { Policy } from '../../../harness/model/index.ts';
import { matchesPath } from '../../../harness/policy/index.ts';
import { renderConfiguration } from '../../support/render.ts';
import { arbitraryPolicy } from './fixtures/arbitrary-policy.ts';

const stack = readStack(resolve(import.meta.dirname, '../../../fixtures/stacks/envoy-envoy'));
const shop = readPolicy(stack.policy);
const today = '2026-01-01';
const render = (policy: Policy) => renderConfiguration(policy, stack, { today });

/** Everything below a parsed configuration that is called `key`. */
const everything = (value: unknown, key: string): unknown[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([name, inner]) => [...(name === key ? [inner] : []), ...everything(inner, key)]);

t.test(
  'any valid policy compiles, each part of it shows under its own name, and the bytes depend on nothing else',
  async () => {
    fc.assert(
      fc.property(arbitraryPolicy(['edge', ...stack.services.map((service) => service.id)]), (policy) => {
        const files = render(policy);
        const edge = files.get('edge/envoy.yaml')!;
        const names = everything(parse(edge), 'policies').flatMap((policies) => Object.keys(policies as object));
        const ruled = policy.rules.every(({ id }) => names.some((name) => name === id || name.startsWith(`${id} `)));
        const limited = policy.rateLimits.every(({ id }) => everything(parse(edge), 'stat_prefix').includes(id));
        const called = policy.calls.every(({ from, to }) => {
          const text = files.get(`${to}/envoy.yaml`)!;
          return text.includes(`${from}-to-${to}`) && text.includes(`spiffe://${stack.trustDomain}/${from}`);
        });
        const same = [...render(structuredClone(policy))].every(([path, content]) => files.get(path) === content);
        return ruled && limited && called && same;
      }),
      { numRuns: 25 },
    );
  },
);

t.test('nothing is open: every mesh listener wants a certificate, and no list of names is empty', async (t) => {
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(arbitraryPolicy(['edge', ...stack.services.map((service) => service.id)]), (policy) =>
        stack.services.every(({ id }) => {
          const config = parse(render(policy).get(`${id}/envoy.yaml`)!);
          const names = everything(config, 'match_typed_subject_alt_names') as unknown[][];
          const clients = everything(config, 'require_client_certificate');
          return clients.length === 1 && clients[0] === true && names.every((list) => list.length > 0);
        }),
      ),
      { numRuns: 25 },
    ),
  );
});

t.test('a configuration holds no private key, and knows no retries', async (t) => {
  for (const [path, text] of render(shop)) {
    t.notMatch(text, /PRIVATE KEY|"d":/, path);
    t.notMatch(text, /retry_policy|num_retries/, path);
  }
});

t.test('what an enforcer cannot express is refused by name', async (t) => {
  const refused = (change: Partial<Policy>, message: RegExp) =>
    t.throws(() => render({ ...shop, ...change }), { code: 'inexpressible', message, hint: /./ });
  refused({ calls: [{ from: 'edge', to: 'orders', methods: ['GET'], paths: ['/orders/**'] }] }, /calls\.edge-orders/);
  refused({ calls: [{ from: 'orders', to: 'edge', methods: ['GET'], paths: ['/orders/**'] }] }, /calls\.orders-edge/);
  refused(
    { calls: [{ from: 'storefront', to: 'orders', methods: ['GET'], paths: ['/orders/{sub}'] }] },
    /calls\.storefront-orders.*\{sub\}/,
  );
  refused({ rateLimits: [{ id: 'huge', per: 'edge', requestsPerSecond: 5e9, burst: 1 }] }, /rateLimits\.huge/);
  const rateLimits = [{ id: 'huge', per: 'edge', requestsPerSecond: 5e9, burst: 1 }] as const;
  const waiver = { enforcer: 'envoy-edge', part: 'rateLimits.huge', reason: 'a test', expires: today };
  t.doesNotThrow(() => render({ ...shop, rateLimits, waivers: [waiver] }), 'a waiver holds on its last day');
  for (const other of [{ expires: '2025-12-31' }, { enforcer: 'envoy-mesh' }, { part: 'rateLimits.hug' }])
    refused({ rateLimits, waivers: [{ ...waiver, ...other }] }, /rateLimits\.huge/);
  const odd = { ...stack, compilers: { edge: 'squid-edge', mesh: 'envoy-mesh' } };
  t.throws(() => renderConfiguration(shop, odd, { today }), { code: 'bad-input', message: /squid-edge/ });
});

t.test('the paths of a policy mean what the README says', async (t) => {
  const cases: [string, string, boolean][] = [
    ['/catalogue', '/catalogue', true],
    ['/catalogue', '/catalogue/', false],
    ['/catalogue/**', '/catalogue', false],
    ['/catalogue/**', '/catalogue/', false],
    ['/catalogue/**', '/catalogue/a/b', true],
    ['/catalogue/**', '/catalogues/a', false],
    ['/orders/{sub}/**', '/orders/alice/1', true],
    ['/orders/{sub}/**', '/orders/alice', false],
    ['/orders/{sub}/**', '/orders/bob/1', false],
    ['/orders/{sub}/**', '/orders/alice2/1', false],
    ['/a.b', '/axb', false],
    ['/', '/', true],
    ['/**', '/', false],
    ['/**', '/x', true],
    ['/**', '/x/', true],
    ...['//x', '/x//', '/./x', '/x/..', '/x/../y', '/x%2Fy', '/%78', '/x;y', '/x\\y', '/é', '/x y', 'x', ''].map(
      (path) => ['/**', path, false] as [string, string, boolean],
    ),
    ['/**', '/.../..x/x..', true],
  ];
  for (const [pattern, path, expected] of cases)
    t.equal(matchesPath(pattern, path, 'alice'), expected, `${pattern} ${path}`);
});
