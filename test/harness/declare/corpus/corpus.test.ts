import { join } from 'node:path';
import t from 'tap';
import { comparisonForm, edgeCorpus, meshCorpus } from '../../../../harness/declare/corpus/index.ts';
import { readPolicy } from '../../../../harness/declare/policy/index.ts';
import { hopsOf, readStack } from '../../../../harness/declare/stack/index.ts';
import { endpoints } from '../../../support/products.ts';

const stack = readStack(join(import.meta.dirname, '../../../../fixtures/stacks/envoy-envoy'));
const policy = readPolicy(stack.policy);
const context = { stack, policy, hops: hopsOf(stack), endpoints };
const edge = edgeCorpus(context);
const mesh = meshCorpus(context);
const forms = [...edge, ...mesh].map((one) => comparisonForm(context, one));

t.test('the corpus is large, the same each time, and about every rule and every call', async (t) => {
  t.ok(forms.length >= 1200, `${forms.length} requests`);
  t.same([edgeCorpus(context), meshCorpus(context)], [edge, mesh]);
  const granting = new Set(forms.flatMap(({ decisions = [] }) => (decisions[0]?.allow ? decisions[0].by : [])));
  for (const { id } of policy.rules) t.ok(granting.has(`rules.${id}`), `the rule ${id} grants some of them`);
  for (const { from, to } of policy.calls) t.ok(granting.has(`calls.${from}-${to}`), `${from} → ${to} grants some`);
  const denying = new Set(forms.flatMap(({ decisions = [] }) => (decisions[0]?.allow ? [] : (decisions[0]?.by ?? []))));
  for (const reason of ['tls', 'host', 'paths', 'authentication', 'rules', 'calls'])
    t.ok(denying.has(reason), `some are denied by ${reason}`);
});

t.test('near a path of the policy stands what is not it', async (t) => {
  const word = (variant: string): string | undefined =>
    edge.find((one) => one.variant === `${variant}@read-own-orders`)?.send.http.path;
  t.equal(word('exact'), '/orders/mallory/a1');
  t.equal(word('parent-slash'), '/orders/mallory/');
  t.equal(word('one-segment-less'), '/orders/mallory');
  t.equal(word('other-subject'), '/orders/alice/a1');
  t.equal(word('climbing-out'), '/orders/../catalogue');
  t.equal(word('encoded-slash'), '/orders%2Fmallory/a1');
  t.ok((word('overlong') ?? '').length > 4000);
});

t.test('a twin takes the same way as far as the request may come', async (t) => {
  const route = (variant: string): unknown => forms.find((form) => form.variant === variant)?.twin;
  t.same(route('exact@browse-catalogue'), { kind: 'traffic', route: 'catalogue' });
  t.same(route('exact@read-own-orders'), { kind: 'traffic', route: 'orders' });
  t.same(route('exact@checkout'), { kind: 'traffic', route: 'checkout' });
  t.match(forms.find(({ target }) => target === 'payments')?.twin, { kind: 'request', send: { to: 'payments' } });
});
