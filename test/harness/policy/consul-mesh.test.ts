import { resolve } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { readPolicy } from '../../../harness/declare/policy/index.ts';
import { membersOf, readStack } from '../../../harness/declare/stack/index.ts';
import { identityOf } from '../../../harness/model/index.ts';
import type { Policy, Stack } from '../../../harness/model/index.ts';
import { decideMesh } from '../../../harness/policy/decide/index.ts';
import { renderConfiguration } from '../../../harness/policy/index.ts';
import { arbitraryPolicy } from './fixtures/arbitrary-policy.ts';

const stack = readStack(resolve(import.meta.dirname, '../../../fixtures/stacks/envoy-consul'));
const shop = readPolicy(stack.policy);
const today = '2026-01-01';
const render = (policy: Policy, of: Stack = stack) => renderConfiguration(policy, of, { today });

type Permission = {
  readonly Action: string;
  readonly HTTP: { Methods: string[]; PathRegex: string; Header: { Name: string; Regex: string }[] };
};
type Entry = { Kind: string; Name?: string; Sources?: { Name: string; Permissions: Permission[] }[] };

const entriesOf = (policy: Policy): Entry[] =>
  [...render(policy)]
    .filter(([path]) => /^control-plane\/agent\/(?!agent\.json)/.test(path))
    .flatMap(([, text]) => (JSON.parse(text) as { config_entries: { bootstrap: Entry[] } }).config_entries.bootstrap);

/** Envoy compares with the whole of a value. */
const matches = (regex: string, value: string): boolean => new RegExp(`^(?:${regex})$`).test(value);

/** What a sidecar adds to a request about the certificate of its caller. */
const peer = (...uris: string[]): string =>
  `By=spiffe://x/y;Hash=0a1b;Cert="-----BEGIN%20C";Chain="-----BEGIN%20C";Subject="";${uris.map((uri) => `URI=${uri}`).join(';')}`;

/** Intentions as Consul reads them: by the caller's name, then the first permission that matches; none matches: denied. */
const allows = (entries: Entry[], from: string, to: string, method: string, target: string, xfcc: string): boolean => {
  const headers: Record<string, string> = { ':path': target, 'x-forwarded-client-cert': xfcc };
  const own = entries.find((entry) => entry.Kind === 'service-intentions' && entry.Name === to);
  const permissions = own?.Sources?.find(({ Name }) => Name === from)?.Permissions ?? [];
  const first = permissions.find(
    ({ HTTP }) =>
      HTTP.Methods.includes(method) &&
      matches(HTTP.PathRegex, target.split('?')[0]!) &&
      HTTP.Header.every(({ Name, Regex }) => matches(Regex, headers[Name]!)),
  );
  return first?.Action === 'allow';
};

t.test('intentions allow what the policy allows, and nothing else', async () => {
  const members = membersOf(stack);
  const odd = ['/', '//', '/a/', '/a//b', '/a/../b', '/%61', '/a;b', '/a?q=/../b', '/...', '/.a'];
  fc.assert(
    fc.property(
      arbitraryPolicy(members),
      fc.infiniteStream(fc.nat({ max: 1_000_000 })),
      (policy, stream: Iterator<number>) => {
        const entries = entriesOf(policy);
        const pick = <T>(from: readonly T[]): T => from[Number(stream.next().value) % from.length]!;
        const paths = policy.calls.flatMap((call) => call.paths.map((path) => path.replace('/**', '/x/y')));
        for (let i = 0; i < 40; i++) {
          const [from, to] = [pick(members), pick(members.slice(1))];
          const method = pick(['GET', 'POST', 'DELETE', 'get']);
          const target = pick([
            ...paths,
            ...paths.map((path) => `${path}/`),
            ...paths.map((path) => `${path}?q`),
            ...odd,
          ]);
          const expected = decideMesh(policy, stack, { from, to, tls: '1.3', method, target }).allow;
          if (allows(entries, from, to, method, target, peer(identityOf(stack, from))) !== expected) return false;
        }
        return true;
      },
    ),
    { numRuns: 25 },
  );
});

t.test('a certificate counts with one identity, and a header of the caller’s own does not', async (t) => {
  const entries = entriesOf(shop);
  const id = identityOf(stack, 'storefront');
  const ask = (xfcc: string) => allows(entries, 'storefront', 'orders', 'GET', '/orders/alice/7', xfcc);
  t.ok(ask(peer(id)));
  t.ok(ask(`${peer(id)};DNS=storefront.test`), 'a DNS name beside it');
  t.notOk(ask(peer(id, identityOf(stack, 'stranger'))), 'two identities');
  t.notOk(ask(peer(identityOf(stack, 'stranger'), id)), 'the other way round');
  t.notOk(ask(`${peer(id)},${peer(id)}`), 'an element before the sidecar’s own');
  t.notOk(ask(peer(id.replace('/dc1/', '/dc2/'))), 'another data centre');
  t.notOk(ask(peer(`${id}x`)), 'a name that only begins alike');
});

t.test(
  'the configuration is the same each time, holds no key, and leaves nothing to a default that opens',
  async (t) => {
    const files = render(shop);
    t.strictSame([...render(structuredClone(shop))], [...files]);
    for (const [path, text] of files) t.notMatch(text, /-----BEGIN|initial_management": "[0-9a-f]/, path);
    const agent = JSON.parse(files.get('control-plane/agent/agent.json')!);
    t.match(agent, {
      acl: { enabled: true, default_policy: 'deny' },
      default_intention_policy: 'deny',
      bind_addr: '127.0.0.1',
      addresses: { http: /^unix:/ },
      ports: { https: -1, grpc: -1, dns: -1 },
      tls: { defaults: { verify_incoming: true, verify_outgoing: true } },
      connect: { ca_config: { cluster_id: stack.trustDomain.replace('.consul', '') } },
    });
    const entries = entriesOf(shop);
    t.match(
      entries.find(({ Kind }) => Kind === 'mesh'),
      {
        AllowEnablingPermissiveMutualTLS: false,
        TLS: { Incoming: { TLSMinVersion: 'TLSv1_3' }, Outgoing: { TLSMinVersion: 'TLSv1_3' } },
      },
    );
    for (const member of membersOf(stack)) {
      const defaults = entries.find(({ Kind, Name }) => Kind === 'service-defaults' && Name === member);
      t.match(defaults, { Protocol: 'http', MutualTLSMode: 'strict' }, member);
      const text = files.get(`control-plane/services/${member}.json`)!;
      t.match(text, '"local_service_address": "127.0.0.1"');
      t.notMatch(text, /0\.0\.0\.0/);
    }
    t.match(files.get('control-plane/start.sh')!, 'admit orders 127.0.0.1:19000');
    const old = entriesOf({ ...shop, tls: { minimum: '1.2' } }).find(({ Kind }) => Kind === 'mesh');
    t.match(old, { TLS: { Incoming: { TLSMinVersion: 'TLSv1_2', CipherSuites: [/ECDHE/, /ECDHE/, /ECDHE/] } } });
  },
);

t.test('what Consul cannot enforce is refused by name', async (t) => {
  const refused = (policy: Partial<Policy>, of: Partial<Stack>, message: RegExp) =>
    t.throws(() => render({ ...shop, ...policy }, { ...stack, ...of }), { code: 'inexpressible', message, hint: /./ });
  const call = { from: 'storefront', to: 'orders', methods: ['GET'], paths: ['/orders/{sub}'] };
  refused({ calls: [call] }, {}, /calls\.storefront-orders.*\{sub\}/);
  refused({ calls: [{ ...call, to: 'edge', paths: ['/x'] }] }, {}, /calls\.storefront-edge/);
  const waiver = { enforcer: 'consul-mesh', part: 'calls.storefront-orders', reason: 'a test', expires: today };
  t.doesNotThrow(() => render({ ...shop, calls: [call], waivers: [waiver] }));
  refused({}, { controlPlane: null }, /no control plane/);
  refused({}, { edge: { ...stack.edge, upstream: 'mutual-tls' } }, /mutual-tls/);
  refused({}, { trustDomain: 'shop.holdfast.test' }, /shop\.holdfast\.test/);
  refused({}, { identity: 'spiffe://{trustDomain}/{member}' }, /\{member\}/);
});
