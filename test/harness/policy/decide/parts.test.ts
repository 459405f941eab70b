import { join } from 'node:path';
import t from 'tap';
import { discoverAttacks } from '../../../../harness/declare/discover/index.ts';
import { readPolicy } from '../../../../harness/declare/policy/index.ts';
import { discoverKinds } from '../../../../harness/kinds/index.ts';
import { hopsOf, readStack } from '../../../../harness/declare/stack/index.ts';
import { partsOf, partsOfLink } from '../../../../harness/policy/decide/index.ts';
import { endpoints } from '../../../support/products.ts';

const stack = readStack(join(import.meta.dirname, '../../../../fixtures/stacks/envoy-envoy'));
const policy = readPolicy(stack.policy);
const kinds = await discoverKinds();
const attacks = await discoverAttacks();

/** What each form of an attack puts to the test: `variant target` → parts. */
const tested = (id: string): ReadonlyMap<string, readonly string[]> =>
  new Map(
    attacks
      .get(id)!
      .attack.attempts({ stack, policy, hops: hopsOf(stack), endpoints })
      .map((form) => [`${form.variant} ${form.target}`, partsOf(policy, stack, form, kinds)]),
  );

t.test('every form of the catalogue names the part of the policy that it puts to the test', async (t) => {
  const cases: readonly (readonly [id: string, form: string, parts: readonly string[]])[] = [
    ['E1', 'no-token@catalogue edge', ['authentication']],
    ['E2', 'alg-none@catalogue edge', ['authentication']],
    ['E3', 'expired@catalogue edge', ['authentication']],
    ['E12', 'x-forwarded-for edge', ['authentication', 'rules.browse-catalogue']],
    ['E15', 'role-customer@refund edge', ['rules.refund']],
    ['E15', 'role-finance@orders edge', ['rules.read-own-orders']],
    ['E15', 'path-without-a-rule edge', ['rules']],
    ['M1', 'plain orders', ['calls.storefront-orders']],
    ['M3', 'expired orders', ['calls.storefront-orders']],
    ['M4', 'valid-payments orders', ['calls.storefront-orders']],
    ['M5', 'self-signed storefront→orders', ['calls.storefront-orders']],
    ['M16', 'tamper orders→payments', ['calls.orders-payments']],
    ['P2', 'tls-1.0 edge', ['tls']],
  ];
  for (const [id, form, parts] of cases) t.strictSame(tested(id).get(form), parts, `${id} ${form}`);
  t.ok(
    [...tested('D1').values()].every(({ length }) => length === 0),
    'no part of the policy is about an admin port',
  );
});

t.test('every part that is named stands in the policy, or is one of its lists', async (t) => {
  const stands = new Set([
    'tls',
    'authentication',
    'rules',
    'calls',
    // The public name is the stack's, and the plan's line is all there is.
    'host',
    ...policy.rules.map(({ id }) => `rules.${id}`),
    ...policy.calls.map(({ from, to }) => `calls.${from}-${to}`),
  ]);
  for (const id of attacks.keys()) {
    const unknown = [...tested(id).values()].flat().filter((part) => !stands.has(part));
    t.strictSame(unknown, [], id);
    if (id === 'D1' || id === 'M17') continue;
    t.ok(
      [...tested(id).values()].every(({ length }) => length > 0),
      `${id}: every form has a part`,
    );
  }
});

t.test('a link is secured by its entry in the matrix, or by the matrix that lacks it', async (t) => {
  t.strictSame(partsOfLink(policy, 'storefront→orders'), ['calls.storefront-orders']);
  t.strictSame(partsOfLink(policy, 'payments→edge'), ['calls']);
});
