import { join } from 'node:path';
import t from 'tap';
import { readPolicy } from '../../../../harness/declare/policy/index.ts';
import { readStack } from '../../../../harness/declare/stack/index.ts';
import type { Decision, Send, Waiver } from '../../../../harness/model/index.ts';
import { decideEdge, decideMesh, decisionsAlong, waiversOf } from '../../../../harness/policy/decide/index.ts';
import type { EdgeRequest, MeshCall } from '../../../../harness/policy/decide/index.ts';

const stack = readStack(join(import.meta.dirname, '../../../../fixtures/stacks/envoy-envoy'));
const policy = readPolicy(stack.policy);

const customer = { subject: 'mallory', claims: { role: 'customer' } };
const bearer = (token: EdgeRequest['credentials'][number]['token']) => [{ scheme: 'Bearer', token }];
const atEdge = (change: Partial<EdgeRequest>): Decision =>
  decideEdge(policy, stack, {
    tls: '1.3',
    host: 'shop.holdfast.test:8443',
    method: 'GET',
    target: '/orders/mallory/1',
    credentials: bearer(customer),
    ...change,
  });
const inMesh = (change: Partial<MeshCall>): Decision =>
  decideMesh(policy, stack, {
    from: 'storefront',
    to: 'orders',
    tls: '1.3',
    method: 'GET',
    target: '/orders/mallory/1',
    ...change,
  });
const said = ({ allow, by }: Decision): string => `${allow ? 'allow' : 'deny'} ${by.join(' ')}`;

t.test('the edge: each reason that suffices to deny is named', async (t) => {
  const cases: readonly (readonly [Partial<EdgeRequest>, string])[] = [
    [{}, 'allow rules.read-own-orders'],
    [{ host: 'SHOP.holdfast.test' }, 'allow rules.read-own-orders'],
    [{ target: '/orders/mallory/1?next=/../x' }, 'allow rules.read-own-orders'],
    [{ tls: '1.2' }, 'deny tls'],
    [{ host: 'a.shop.holdfast.test' }, 'deny host'],
    [{ target: '/orders/mallory//1' }, 'deny paths'],
    [{ target: '/x/../orders/mallory/1', credentials: [] }, 'deny paths authentication'],
    [{ method: 'get' }, 'deny rules'],
    [{ method: 'HEAD' }, 'deny rules'],
    [{ target: '/orders/alice/1' }, 'deny rules'],
    [{ target: '/orders/mallory' }, 'deny rules'],
    [{ target: '/orders/mallory/' }, 'deny rules'],
    [{ target: '/Orders/mallory/1' }, 'deny rules'],
    [{ credentials: [] }, 'deny authentication'],
    [{ credentials: [...bearer(customer), ...bearer(customer)] }, 'deny authentication'],
    [{ credentials: [{ scheme: 'Basic', token: customer }] }, 'deny authentication'],
    [{ credentials: bearer({ ...customer, alter: 'wrong-type' }) }, 'deny authentication'],
    [{ credentials: bearer({ ...customer, subject: 'a/b' }), target: '/orders/a/b/1' }, 'deny authentication'],
    [{ credentials: bearer({ subject: 'mallory', claims: {} }) }, 'deny rules'],
    [{ credentials: bearer({ subject: 'mallory', claims: {} }), target: '/catalogue' }, 'allow rules.browse-catalogue'],
    [{ credentials: bearer({ subject: 'mallory', claims: { role: 'CUSTOMER' } }) }, 'deny rules'],
  ];
  for (const [change, wanted] of cases) t.equal(said(atEdge(change)), wanted, JSON.stringify(change));
});

t.test('the mesh: by identity, method and path', async (t) => {
  const cases: readonly (readonly [Partial<MeshCall>, string])[] = [
    [{}, 'allow calls.storefront-orders'],
    [{ from: null }, 'deny authentication'],
    [{ from: 'edge' }, 'deny calls'],
    [{ method: 'PUT' }, 'deny calls.storefront-orders'],
    [{ target: '/catalogue' }, 'deny calls.storefront-orders'],
    [{ target: '/orders/%2e%2e/x', tls: '1.0' }, 'deny tls paths'],
  ];
  for (const [change, wanted] of cases) t.equal(said(inMesh(change)), wanted, JSON.stringify(change));
});

t.test('along the way: until somebody denies it, or the chain ends', async (t) => {
  const send = (change: Partial<Send['http']>, more: Partial<Send> = {}): Send => ({
    to: 'edge',
    port: 8443,
    transport: 'tls',
    freshShare: 1,
    http: { method: 'GET', path: '/orders/mallory/1', headers: [], token: customer, ...change },
    ...more,
  });
  const along = (one: Send): string =>
    decisionsAlong(policy, stack, one)
      .map(({ at, allow }) => `${at} ${allow}`)
      .join(', ');
  t.equal(along(send({})), 'edge true, storefront true, orders true, payments false');
  t.equal(
    along(send({ method: 'POST', path: '/checkout/mallory' })),
    'edge true, storefront true, orders true, payments true',
  );
  t.equal(along(send({ path: '/catalogue?access_token={token}' })), 'edge false', 'a token in the query is none');
  t.equal(along(send({ headers: [['Authorization', 'Bearer {token}']] })), along(send({})), 'spelt out by its form');
  t.equal(along(send({ headers: [['authorization', 'Bearer x']] })), 'edge false', 'a second header');
  t.equal(along(send({}, { to: 'orders', certificate: { service: 'storefront' } })), 'orders true, payments false');
  t.equal(along(send({}, { to: 'orders', certificate: { service: 'storefront', alter: 'expired' } })), 'orders false');
});

t.test('a waiver explains a decision only for its enforcer, all of its reasons, and until its last day', async (t) => {
  const waiver = (part: string): Waiver => ({ enforcer: 'envoy-edge', part, reason: 'r', expires: '2026-12-31' });
  const waivers = [waiver('paths'), waiver('rules.refund')];
  const explained = (by: readonly string[], day = '2026-12-31', enforcer = 'envoy-edge'): number =>
    waiversOf({ waivers }, { at: 'edge', enforcer, allow: false, by }, day).length;
  t.equal(explained(['paths']), 1);
  t.equal(explained(['paths', 'tls']), 0);
  t.equal(explained(['paths'], '2027-01-01'), 0);
  t.equal(explained(['paths'], '2026-12-31', 'envoy-mesh'), 0);
  t.equal(explained(['rules.refund', 'paths']), 2);
});
