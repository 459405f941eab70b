import type { Authority } from '../../../harness/execute/identity/index.ts';
import type { TokenAlteration } from '../../../harness/model/index.ts';
import { customer, finance } from '../fixtures/shop-client.ts';

type Headers = readonly (readonly [string, string])[];

/** A request with a token that is broken, or that stands where none is looked for. */
export type TokenCase = {
  readonly name: string;
  readonly path: string;
  readonly token: string | null;
  readonly headers: Headers;
};

const alterations: readonly TokenAlteration[] = [
  'empty',
  'garbage',
  'oversized',
  'alg-none',
  'no-signature',
  'hs256-with-public-key',
  'injected-jwk',
  'injected-jku',
  'injected-x5c',
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

/** The contract answers 401 to each. */
export const tokenCases = (authority: Authority): readonly TokenCase[] => {
  const valid = authority.token(customer);
  const of = (name: string, token: string | null, headers: Headers = [], path = '/catalogue/7'): TokenCase => ({
    name,
    path,
    token,
    headers,
  });
  return [
    of('none', null),
    ...alterations.map((alter) => of(alter, authority.token({ ...customer, alter }))),
    of('a subject that is no path segment', authority.token({ subject: 'a/b', claims: {} })),
    of('a subject with a line feed', authority.token({ subject: 'alice\n', claims: {} })),
    of('a second header', valid, [['Authorization', `Bearer ${valid}`]]),
    of('another scheme first', null, [['Authorization', `Basic eDp5, Bearer ${valid}`]]),
    of('another spelling of the scheme', null, [['Authorization', `bearer ${valid}`]]),
    of('in the query', null, [], `/catalogue/7?access_token=${valid}`),
    of('what an authorizer is asked about, from the client', null, [['X-Forwarded-Uri', '/catalogue/7']]),
  ];
};

/** A request with a sound token that the policy does not allow. */
export type RequestCase = {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly who: { readonly subject: string; readonly claims: Readonly<Record<string, string>> };
  readonly headers?: Headers;
};

const of = (name: string, method: string, path: string, who: RequestCase['who'] = customer): RequestCase => ({
  name,
  method,
  path,
  who,
});

/** The contract answers 403 to each. */
export const requestCases: readonly RequestCase[] = [
  of('wrong role', 'POST', '/refunds/7'),
  of('no role', 'POST', '/checkout/alice', { subject: 'alice', claims: {} }),
  of('another user’s order', 'GET', '/orders/bob/7'),
  of('a subject that only begins alike', 'GET', '/orders/alice2/7'),
  of('another user’s checkout', 'POST', '/checkout/bob'),
  of('below one’s own checkout', 'POST', '/checkout/alice/x'),
  of('another method', 'DELETE', '/orders/alice/7'),
  of('HEAD, where GET is allowed', 'HEAD', '/catalogue/7'),
  of('a method in lower case', 'get', '/catalogue/7'),
  of('no such rule', 'GET', '/'),
  of('case', 'GET', '/ORDERS/alice/7'),
  of('up and over', 'GET', '/orders/alice/../bob/7'),
  of('up and over, escaped', 'GET', '/orders/alice/%2e%2e/bob/7'),
  of('up and over, with an escaped slash', 'GET', '/orders/alice/..%2fbob/7'),
  of('an escaped slash', 'GET', '/catalogue/a%2Fb'),
  of('an escaped digit', 'GET', '/catalogue/%37'),
  of('an escaped subject', 'GET', '/orders/%62ob/7'),
  of('an empty segment', 'GET', '/catalogue//7'),
  of('a parameter of a segment', 'GET', '/catalogue/7;a=b'),
  of('a scheme and a host in the target', 'GET', 'https://shop.holdfast.test/catalogue/7'),
  of('the name of the subrequest', 'GET', '/=authorize'),
  of('an asterisk', 'OPTIONS', '*'),
  {
    ...of('what an authorizer is asked about, and by which method', 'POST', '/refunds/7'),
    headers: [
      ['X-Forwarded-Uri', '/catalogue/7'],
      ['X-Forwarded-Method', 'GET'],
    ],
  },
  {
    ...of('what an authorizer is asked about', 'GET', '/orders/bob/7'),
    headers: [['X-Forwarded-Uri', '/orders/alice/7']],
  },
];

/** Routes that the policy allows, and the services that each crosses. */
export const routes = [
  { method: 'GET', path: '/catalogue/7?q=%2e%2e/', who: customer, crosses: ['storefront'] },
  { method: 'GET', path: '/orders/alice/7', who: customer, crosses: ['storefront', 'orders'] },
  { method: 'POST', path: '/checkout/alice', who: customer, crosses: ['storefront', 'orders', 'payments'] },
  { method: 'POST', path: '/refunds/7', who: finance, crosses: ['storefront', 'orders', 'payments'] },
] as const;

/** Hosts that the edge does not serve. The contract answers 404 to each. */
export const hostCases = ['other.holdfast.test', 'shop.holdfast.test.', 'shop.holdfast.test.other.test'] as const;

/** Greetings of TLS that the edge must not take. The contract: no certificate is shown, and nothing answered. */
export const helloCases = {
  'another server name': { servername: 'other.test' },
  'no server name': {},
  'TLS 1.2': { servername: 'shop.holdfast.test', maxVersion: 'TLSv1.2' },
} as const;

/** Names by which a client could say who it is, written here by hand: what the product strips must not say what is tested. */
export const identityHeaders = [
  'X-Forwarded-For',
  'X-Forwarded-Host',
  'X-Forwarded-Proto',
  'X-Forwarded-Port',
  'X-Forwarded-Prefix',
  'X-Forwarded-Client-Cert',
  'Forwarded',
  'X-Real-IP',
  'True-Client-IP',
  'X-Original-URL',
  'X-Rewrite-URL',
  'X-User',
  'X-User-Id',
  'X-Role',
  'X-Authenticated-User',
  'X-Remote-User',
  'Remote-User',
  'X-Envoy-External-Address',
  'X-Envoy-Original-Path',
  'X-Envoy-Internal',
  'X-Holdfast-Subject',
  'Via',
] as const;
