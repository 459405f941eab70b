import { resolve } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { parse } from 'yaml';
import { readPolicy } from '../../../harness/declare/policy/index.ts';
import { readStack } from '../../../harness/declare/stack/index.ts';
import type { Policy, Stack } from '../../../harness/model/index.ts';
import { traefikEdge } from '../../../harness/policy/traefik-edge/index.ts';
import { removedByName, removedByPattern } from '../../../harness/policy/traefik-edge/strip.ts';
import { identityHeaders } from '../../../harness/policy/identity-headers.ts';
import { matchesPath } from '../../../harness/policy/index.ts';
import { arbitraryPolicy } from './fixtures/arbitrary-policy.ts';

type Dynamic = {
  readonly http: {
    readonly routers: Record<string, { rule: string; priority: number; middlewares: string[]; service: string }>;
    readonly middlewares: Record<string, Record<string, Record<string, unknown>>>;
    readonly services: { readonly mesh: { readonly loadBalancer: { readonly servers: { readonly url: string }[] } } };
    readonly serversTransports: { readonly mesh: Record<string, unknown> };
  };
  readonly tls: { readonly options: { readonly default: Record<string, unknown> } };
};

const stack = readStack(resolve(import.meta.dirname, '../../../fixtures/stacks/traefik-envoy'));
const shop = readPolicy(stack.policy);
const waived = { enforcer: 'traefik-edge', part: 'paths', reason: 'a test', expires: '2100-01-01' };
const dynamicOf = (policy: Policy, on: Stack = stack): Dynamic =>
  parse(traefikEdge(policy, on).get('edge/dynamic.yaml')!) as Dynamic;

/** Whether a rule of Traefik takes a request, read as Traefik reads it, with ECMAScript in the place of Go. */
const takes = (rule: string, request: { host: string; method: string; path: string }): boolean => {
  const matchers = {
    Host: (host: string) => request.host === host,
    HostRegexp: (regex: string) => new RegExp(regex).test(request.host),
    Method: (method: string) => request.method === method,
    Path: (path: string) => request.path === path,
    PathRegexp: (regex: string) => new RegExp(regex).test(request.path),
  };
  const names = Object.keys(matchers);
  const code = rule.replace(/`([^`]*)`/g, (_, text: string) => JSON.stringify(text));
  return new Function(...names, `return ${code}`)(...Object.values(matchers)) as boolean;
};

t.test(
  'the router to the mesh takes what a rule could allow, and only with the authorizer and every limit',
  async () => {
    fc.assert(
      fc.property(
        arbitraryPolicy(['edge', ...stack.services.map(({ id }) => id)]),
        fc.constantFrom('GET', 'POST', 'DELETE'),
        fc.constantFrom('/', '/catalogue', '/orders/alice/1', '/a//b', '/a/../b', '/a%2fb', '/x/alice'),
        (policy, method, path) => {
          const limits = policy.rateLimits.map((limit) => ({ ...limit, burst: limit.requestsPerSecond }));
          const { routers, middlewares } = dynamicOf({ ...policy, rateLimits: limits, waivers: [waived] }).http;
          const { rules, refused } = routers;
          const mesh = Object.values(routers).filter(({ service }) => service === 'mesh');
          if (rules === undefined) return policy.rules.length === 0 && mesh.length === 0;
          const could = policy.rules.some(
            ({ methods, paths }) =>
              methods.includes(method) && paths.some((each) => matchesPath(each, path, path.split('/')[2] ?? '')),
          );
          // `{sub}` may stand in any place; the router asks only that there is a segment.
          const request = { host: 'shop.holdfast.test', method, path };
          const wanted = ['strip-identity', 'authorize', 'end-token', ...limits.map(({ id }) => `limit-${id}`)];
          return (
            mesh.length === 1 &&
            (!could || takes(rules.rule, request)) &&
            !takes(rules.rule, { ...request, host: 'another.test' }) &&
            !(/\/\/|\.\.|%/.test(path) && takes(rules.rule, request)) &&
            wanted.every((name) => rules.middlewares.includes(name) && middlewares[name] !== undefined) &&
            rules.priority > refused!.priority &&
            refused!.middlewares.at(-1) === 'refuse-everybody'
          );
        },
      ),
      { numRuns: 100 },
    );
  },
);

t.test('the same bytes each time, and no secret in them', async (t) => {
  const once = traefikEdge(shop, stack);
  t.strictSame([...traefikEdge(structuredClone(shop), stack)], [...once]);
  for (const [path, text] of once) t.notMatch(text, /PRIVATE KEY|"d":/, path);
  t.strictSame([...once.keys()].toSorted(), [
    'authorizer/config.yaml',
    'authorizer/policy.rego',
    'edge/dynamic.yaml',
    'edge/traefik.yaml',
  ]);
});

t.test(
  'every identity header goes: by its name, by a pattern, or because the entry point writes it itself',
  async (t) => {
    const byEntryPoint = [
      'x-real-ip',
      ...['for', 'host', 'port', 'proto', 'server'].map((name) => `x-forwarded-${name}`),
    ];
    const go = (name: string): string => name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
    const gone = (name: string): boolean =>
      removedByName.includes(name) || byEntryPoint.includes(name) || new RegExp(removedByPattern).test(go(name));
    for (const name of identityHeaders.names) t.ok(gone(name), name);
    for (const prefix of identityHeaders.prefixes) t.ok(gone(`${prefix}user`), prefix);
    for (const name of ['x-forwarded-client-cert', 'x-forwarded-email', 'x-forwarded-preferred-username'])
      t.ok(gone(name), name);
    for (const name of ['x-holdfast-id', 'traceparent', 'content-type', 'x-forwarded-for'])
      t.notOk(new RegExp(removedByPattern).test(go(name)) || removedByName.includes(name), `${name} stays`);
  },
);

t.test('nothing is sent to the mesh twice, whichever way leads there', async (t) => {
  const on = (upstream: Stack['edge']['upstream']) => dynamicOf(shop, { ...stack, edge: { ...stack.edge, upstream } });
  const of = ({ http }: Dynamic) => ({
    url: http.services.mesh.loadBalancer.servers[0]!.url,
    ...http.serversTransports.mesh,
  });
  t.match(of(on('mutual-tls')), {
    url: 'https://storefront:15443',
    serverName: 'storefront.shop.holdfast.test',
    peerCertURI: 'spiffe://shop.holdfast.test/storefront',
    rootCAs: ['/etc/holdfast/secrets/ca.pem'],
  });
  t.match(of(on('sidecar')), { url: 'h2c://127.0.0.1:15001', serverName: undefined });
  t.match(of(on('clear')), { url: 'http://storefront:15443', maxIdleConnsPerHost: -1 });
  for (const way of ['mutual-tls', 'sidecar'] as const) t.notOk('disableHTTP2' in of(on(way)), way);
});

t.test('a floor of TLS 1.2 brings ciphers with it', async (t) => {
  t.match(dynamicOf(shop).tls.options.default, {
    minVersion: 'VersionTLS13',
    sniStrict: true,
    cipherSuites: undefined,
  });
  const lower = dynamicOf({ ...shop, tls: { minimum: '1.2' } }).tls.options.default;
  t.match(lower, { minVersion: 'VersionTLS12', cipherSuites: { length: 3 } });
});

t.test('what it cannot tell is refused by name, and kept as near as it can under a waiver', async (t) => {
  const refused = (change: Partial<Policy>, message: RegExp): void => {
    t.throws(() => traefikEdge({ ...shop, ...change }, stack), { code: 'inexpressible', message, hint: /waiver/ });
  };
  refused({ waivers: [] }, /traefik-edge .*paths/);
  refused({ calls: [{ from: 'edge', to: 'orders', methods: ['GET'], paths: ['/a'] }] }, /calls\.edge-orders/);
  const bursting = { id: 'bursting', per: 'edge', requestsPerSecond: 10, burst: 20 } as const;
  const huge = { id: 'huge', per: 'subject', requestsPerSecond: 1e10, burst: 1 } as const;
  refused({ rateLimits: [bursting] }, /rateLimits\.bursting.*forgets/);
  refused({ rateLimits: [huge] }, /rateLimits\.huge.*at most 9223372036/);
  const waivers = [waived, ...['bursting', 'huge'].map((id) => ({ ...waived, part: `rateLimits.${id}` }))];
  const { middlewares, routers } = dynamicOf({ ...shop, rateLimits: [bursting, huge], waivers }).http;
  t.match(middlewares['limit-bursting'], {
    rateLimit: { average: 10, burst: 20, sourceCriterion: { requestHost: true } },
  });
  t.notOk(middlewares['limit-huge']);
  t.notMatch(JSON.stringify(routers), /limit-huge/);
});
