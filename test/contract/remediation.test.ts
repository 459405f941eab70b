import t from 'tap';
import { discoverAttacks } from '../../harness/declare/discover/index.ts';
import { readPolicy } from '../../harness/declare/policy/index.ts';
import { adviceFor, placesOfSides, readAdvice } from '../../harness/declare/run/index.ts';
import { discoverStacks, hopsOf } from '../../harness/declare/stack/index.ts';
import { missingFeatures, needsOf } from '../../harness/model/index.ts';
import type { Attack, AttackMeta, Stack } from '../../harness/model/index.ts';
import { endpoints } from '../support/products.ts';

/** What to set is said in the words of the product that has to refuse, and of no other. */
const stacks = discoverStacks();
const attacks = [...(await discoverAttacks()).values()].map((one) => ({ ...one, advice: readAdvice(one.folder) }));
const policies = new Map(stacks.map((stack) => [stack, readPolicy(stack.policy)]));

/** How each product is called in a sentence. */
const names: Readonly<Record<string, RegExp>> = {
  apache: /apache|httpd/i,
  consul: /consul/i,
  envoy: /envoy/i,
  haproxy: /haproxy/i,
  istio: /istio/i,
  nginx: /nginx/i,
  opa: /\bopa\b|open policy agent|rego/i,
  traefik: /traefik/i,
};

/** No mesh, so nothing to set: what is said of it is what is said of every product. */
const bare = ['none'];

const sidesOf = (stack: Stack, attack: { readonly meta: AttackMeta; readonly attack: Attack }) => {
  const forms = attack.attack.attempts({ stack, policy: policies.get(stack)!, hops: hopsOf(stack), endpoints });
  const places = placesOfSides(stack);
  const targets =
    attack.meta.check !== undefined
      ? hopsOf(stack).map(({ from, to }) => `${from}→${to}`)
      : forms.map(({ target }) => target);
  // A comparison with the policy finds the enforcer that parts from it, on the way of the request; what is asked of a reload is the edge's.
  const all = forms.some(({ decisions }) => decisions !== undefined) && !needsOf(attack.meta).includes('edge-reload');
  const meets = (side: 'edge' | 'mesh'): boolean =>
    targets.some((target) => places[side].includes(target)) || (all && side === 'mesh');
  // A handshake, and a hop, never reach an authorizer.
  const asked = forms.some(({ target, evidence }) => target === 'edge' && evidence !== 'handshake');
  return { edge: meets('edge'), mesh: meets('mesh'), asked };
};

t.test('every attack has advice for each product that may have to refuse it', async (t) => {
  const missing = new Set<string>();
  for (const stack of stacks)
    for (const one of attacks) {
      if (missingFeatures(one.meta, stack.features).length > 0) continue;
      const { advice } = one;
      const sides = sidesOf(stack, one);
      const [edge, ...authorizers] = stack.products.edge;
      const wanted = [
        ...(sides.edge ? [edge!] : []),
        ...(sides.asked ? authorizers : []),
        ...(sides.mesh ? stack.products.mesh : []),
      ];
      for (const product of wanted)
        if (!advice.has(product) && !bare.includes(product)) missing.add(`${one.meta.id}: remediation/${product}.md`);
    }
  t.strictSame([...missing], [], 'write what to set in it, in one paragraph');
});

for (const { meta, advice } of attacks) {
  t.test(`${meta.id}: advice names its own product, and no other`, async (t) => {
    for (const [product, text] of advice) {
      // A name within a setting, such as EnvoyFilter, is one of that product.
      const prose = text.replaceAll(/`[^`]*`/g, '');
      const found = Object.keys(names).filter((name) => names[name]!.test(prose));
      t.strictSame(found, [product], `${product}.md: ${text}`);
      t.match(text, /`[^`]+`/, `${product}.md names a setting`);
      t.ok(text.length <= 700, `${product}.md is short`);
    }
    const other = Object.keys(names).filter((name) => names[name]!.test(meta.remediation));
    t.strictSame(other, [], 'what is said of every product names none');
  });
}

t.test('a stack is told what its own products need, at the places where they must refuse', async (t) => {
  const of = (id: string): Stack => stacks.find((stack) => stack.id === id)!;
  const advice = new Map(['envoy', 'haproxy', 'istio', 'nginx', 'opa'].map((name) => [name, `${name}!`]));
  t.strictSame(adviceFor(advice, of('haproxy-istio')), [
    { at: ['edge'], text: 'haproxy!' },
    {
      at: [
        'control-plane',
        'storefront',
        'orders',
        'payments',
        'edge→storefront',
        'storefront→orders',
        'orders→payments',
      ],
      text: 'istio!',
    },
  ]);
  t.strictSame(adviceFor(advice, of('nginx-envoy')), [
    { at: ['edge', 'edge→storefront'], text: 'nginx! opa!' },
    { at: ['storefront', 'orders', 'payments', 'storefront→orders', 'orders→payments'], text: 'envoy!' },
  ]);
  t.strictSame(adviceFor(new Map(), of('nginx-envoy')), [], 'without advice, what is said of every product holds');
});
