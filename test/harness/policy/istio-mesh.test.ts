import { resolve } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { parse } from 'yaml';
import { readPolicy } from '../../../harness/declare/policy/index.ts';
import { membersOf, readStack } from '../../../harness/declare/stack/index.ts';
import type { Policy, Stack } from '../../../harness/model/index.ts';
import { matchesPath, renderConfiguration } from '../../../harness/policy/index.ts';
import { arbitraryPolicy } from './fixtures/arbitrary-policy.ts';

const stack = readStack(resolve(import.meta.dirname, '../../../fixtures/stacks/envoy-istio'));
const shop = readPolicy(stack.policy);
const render = (policy: Policy, of: Stack = stack) => renderConfiguration(policy, of, { today: '2026-01-01' });

type Operation = { methods: string[]; paths: string[]; notPaths?: string[] };
type Rule = {
  from: [{ source: { principals: string[] } }];
  to: { operation: Operation }[];
  when: [{ key: string; values: string[] }];
};
type Spec = { action: string; selector: { matchLabels: { app: string } }; rules: Rule[] };
type Text = { kind: string; metadata: { name: string }; spec: Spec };

const resources = (policy: Policy): Text[] =>
  [...render(policy)].filter(([path]) => path.startsWith('istio/resources/')).map(([, text]) => parse(text) as Text);

const calls = (policy: Policy): Text[] =>
  resources(policy).filter(({ kind, metadata }) => kind === 'AuthorizationPolicy' && metadata.name !== 'deny-all');

/** How Istio reads a value: * at the end is a prefix. */
const istioMatches = (value: string, path: string): boolean =>
  value.endsWith('*') ? path.startsWith(value.slice(0, -1)) : path === value;

const grants = ({ to }: Rule, method: string, path: string): boolean =>
  to.some(
    ({ operation: { methods, paths, notPaths } }) =>
      methods.includes(method) &&
      paths.some((value) => istioMatches(value, path)) &&
      !(notPaths ?? []).some((value) => istioMatches(value, path)),
  );

t.test(
  'each call is one AuthorizationPolicy, which allows its caller alone, and as much as the policy means',
  async () => {
    fc.assert(
      fc.property(arbitraryPolicy(membersOf(stack)), (policy) => {
        const compiled = calls(policy);
        return (
          compiled.length === policy.calls.length &&
          policy.calls.every((call) => {
            const { spec } = compiled.find(({ metadata }) => metadata.name === `${call.from}-to-${call.to}`)!;
            const [rule] = spec.rules as [Rule];
            const bases = call.paths.map((path) => path.replace(/\/\*\*$/, ''));
            const near = bases.flatMap((base) => [base, `${base}/`, `${base}/x`, `${base}x`, `${base}/x/y`, '/other']);
            return (
              spec.action === 'ALLOW' &&
              spec.selector.matchLabels.app === call.to &&
              spec.rules.length === 1 &&
              rule.from[0].source.principals.join() === `shop.holdfast.test/ns/default/sa/${call.from}` &&
              rule.when[0].values.every((value) =>
                value.startsWith('*";URI=spiffe://shop.holdfast.test/ns/default/sa/'),
              ) &&
              ['GET', 'POST', 'DELETE', 'HEAD'].every((method) =>
                near.every(
                  (path) =>
                    grants(rule, method, path) ===
                    (call.methods.includes(method) && call.paths.some((pattern) => matchesPath(pattern, path, ''))),
                ),
              )
            );
          })
        );
      }),
      { numRuns: 50 },
    );
  },
);

t.test(
  'nothing is open, whatever the policy: STRICT, nothing allowed for all, one identity asked of each server',
  async () => {
    fc.assert(
      fc.property(arbitraryPolicy(membersOf(stack)), (policy) => {
        const files = render(policy);
        const at = (name: string) => parse(files.get(`istio/resources/${name}.yaml`)!) as { spec: unknown };
        const mode = (at('PeerAuthentication-default').spec as { mtls: { mode: string } }).mtls.mode;
        const tls = stack.services.map(
          ({ id }) =>
            (
              at(`DestinationRule-${id}`).spec as {
                trafficPolicy: { tls: { mode: string; subjectAltNames: string[] } };
              }
            ).trafficPolicy.tls,
        );
        return (
          mode === 'STRICT' &&
          Object.keys(at('AuthorizationPolicy-deny-all').spec as object).length === 0 &&
          tls.every((one) => one.mode === 'ISTIO_MUTUAL' && one.subjectAltNames.length === 1) &&
          [...render(structuredClone(policy))].every(([path, text]) => files.get(path) === text)
        );
      }),
      { numRuns: 25 },
    );
  },
);

t.test('the floor of TLS, no retries, no secret', async (t) => {
  const mesh = (minimum: '1.2' | '1.3') =>
    parse(render({ ...shop, tls: { minimum } }).get('istio/mesh.yaml')!) as object;
  t.match(mesh('1.3'), { meshMTLS: { minProtocolVersion: 'TLSV1_3' } });
  t.match(mesh('1.2'), { meshMTLS: { minProtocolVersion: 'TLSV1_2', cipherSuites: [/^ECDHE/, /^ECDHE/, /^ECDHE/] } });
  for (const [path, text] of render(shop)) {
    t.notMatch(text, /PRIVATE KEY/, path);
    if (path.includes('VirtualService')) t.match(text, /retries:\n\s+attempts: 0\n/, path);
  }
});

t.test(
  'what Istio cannot express is refused by name, and a waiver leaves a path out and allows no other',
  async (t) => {
    const refused = (change: Partial<Policy>, message: RegExp) =>
      t.throws(() => render({ ...shop, ...change }), { code: 'inexpressible', message, hint: /./ });
    const edge = { from: 'orders', to: 'edge', methods: ['GET'], paths: ['/orders/**'] };
    refused({ calls: [edge] }, /istio-mesh.*calls\.orders-edge/);
    const own = { from: 'storefront', to: 'orders', methods: ['GET'], paths: ['/orders/{sub}'] };
    refused({ calls: [own] }, /istio-mesh.*calls\.storefront-orders.*\{sub\}/);
    const waiver = { enforcer: 'istio-mesh', part: 'calls.storefront-orders', reason: 'a test', expires: '2026-01-01' };
    const waived = { ...shop, waivers: [waiver] };
    t.strictSame(calls({ ...waived, calls: [own] }), [], 'no rule, for one without paths would allow them all');
    const both = calls({ ...waived, calls: [{ ...own, paths: ['/orders/{sub}', '/health'] }] });
    t.strictSame(
      both[0]?.spec.rules[0]?.to.map(({ operation }) => operation.paths),
      [['/health']],
    );
    const unfit = (change: Partial<Stack>, message: RegExp) =>
      t.throws(() => render(shop, { ...stack, ...change }), { code: 'inexpressible', message });
    unfit({ controlPlane: null }, /no control plane/);
    unfit({ identity: 'spiffe://{trustDomain}/{member}' }, /the identity/);
    unfit({ edge: { ...stack.edge, upstream: 'clear' } }, /an edge that calls the mesh by clear/);
    const [first, ...rest] = stack.services;
    unfit(
      { services: [{ ...first!, calls: ['orders', 'payments'] }, ...rest] },
      /storefront calling orders and payments/,
    );
  },
);
