import { resolve } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { readPolicy } from '../../../harness/declare/policy/index.ts';
import { membersOf, readStack } from '../../../harness/declare/stack/index.ts';
import type { Policy, Upstream } from '../../../harness/model/index.ts';
import { renderConfiguration } from '../../../harness/policy/index.ts';
import { arbitraryPolicy } from './fixtures/arbitrary-policy.ts';

const stack = readStack(resolve(import.meta.dirname, '../../../fixtures/stacks/nginx-envoy'));
const shop = readPolicy(stack.policy);
const today = '2026-01-01';
const files = (policy: Policy, upstream: Upstream = stack.edge.upstream) =>
  renderConfiguration(policy, { ...stack, edge: { ...stack.edge, upstream } }, { today });
const render = (policy: Policy, upstream?: Upstream): string => files(policy, upstream).get('edge/nginx.conf')!;

/** The text of every block that begins so, without the blocks within. */
const blocks = (text: string, head: string): string[] => {
  const found: string[] = [];
  const lines = text.split('\n');
  for (const [i, line] of lines.entries()) {
    if (!line.trim().startsWith(head) || !line.endsWith('{')) continue;
    const end = lines.findIndex((other, j) => j > i && other === `${line.slice(0, line.search(/\S/))}}`);
    found.push(lines.slice(i + 1, end).join('\n'));
  }
  return found;
};

t.test('any valid policy compiles, its limits show by name, and the bytes depend on nothing else', async () => {
  fc.assert(
    fc.property(arbitraryPolicy(membersOf(stack)), (policy) => {
      const text = render(policy);
      const limited = policy.rateLimits.every(
        ({ id }) => text.includes(`zone=limit_${id}:`) && text.includes(`limit_req zone=limit_${id} `),
      );
      return limited && text === render(structuredClone(policy));
    }),
    { numRuns: 50 },
  );
});

t.test('whatever the policy and the way into the mesh, no location passes on unasked', async () => {
  const ways: readonly Upstream[] = ['mutual-tls', 'sidecar', 'clear'];
  fc.assert(
    fc.property(arbitraryPolicy(membersOf(stack)), fc.constantFrom(...ways), (policy, way) => {
      const text = render(policy, way);
      return blocks(text, 'server')
        .filter((server) => server.includes('listen 8443') && !server.includes('ssl_reject_handshake on;'))
        .flatMap((server) => blocks(server, 'location'))
        .filter((location) => location.includes('proxy_pass'))
        .every((location) => location.includes('auth_request /=authorize;') || location.includes('internal;'));
    }),
    { numRuns: 50 },
  );
});

t.test(
  'into a mesh of mutual TLS the server must prove its name; in clear it goes only over the loopback or without a mesh',
  async (t) => {
    const mutual = render(shop);
    t.match(mutual, /proxy_pass https:\/\/mesh;/);
    t.match(mutual, /proxy_ssl_verify on;/);
    t.match(mutual, /proxy_ssl_name storefront\.shop\.holdfast\.test;/);
    t.match(render(shop, 'sidecar'), /server 127\.0\.0\.1:15001 max_fails=0;/);
    t.match(render(shop, 'clear'), /proxy_pass http:\/\/mesh;/);
  },
);

t.test('without a limit for each subject there is no second hop', async (t) => {
  const rateLimits = shop.rateLimits.filter(({ per }) => per === 'edge');
  const text = render({ ...shop, rateLimits });
  t.notMatch(text, /subject\.sock/);
  t.match(text, /limit_req zone=limit_edge-total burst=20000 nodelay;/);
  t.match(render(shop), /limit_req_zone \$http_x_holdfast_subject zone=limit_each-subject:16m rate=5000r\/s;/);
});

t.test('the floor of TLS is that of the policy', async (t) => {
  t.match(render(shop), / ssl_protocols TLSv1\.3;/);
  t.match(render({ ...shop, tls: { minimum: '1.2' } }), / ssl_protocols TLSv1\.2 TLSv1\.3;/);
});

t.test('a configuration holds no secret, and knows no retries', async (t) => {
  for (const [path, text] of files(shop)) t.notMatch(text, /PRIVATE KEY|"d":/, path);
  const passing = blocks(render(shop), 'location').filter((location) => location.includes('proxy_pass'));
  t.equal(passing.length, 3);
  for (const location of passing) t.match(location, /proxy_next_upstream off;/);
});

t.test('what nginx cannot express is refused by name, or waived', async (t) => {
  const rateLimits = [{ id: 'huge', per: 'edge', requestsPerSecond: 5e6, burst: 1 }] as const;
  const refused = { code: 'inexpressible', message: /nginx-edge.*rateLimits\.huge/, hint: /lower it/ };
  t.throws(() => render({ ...shop, rateLimits }), refused);
  const waivers = [{ enforcer: 'nginx-edge', part: 'rateLimits.huge', reason: 'a test', expires: today }];
  t.notMatch(render({ ...shop, rateLimits, waivers }), /limit_huge/, 'what is waived is left out');
  const calls = [{ from: 'edge', to: 'orders', methods: ['GET'], paths: ['/orders/**'] }];
  t.throws(() => render({ ...shop, calls }), { code: 'inexpressible', message: /calls\.edge-orders/ });
});
