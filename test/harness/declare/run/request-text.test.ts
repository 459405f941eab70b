import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { discoverAttacks, projectRoot } from '../../../../harness/declare/discover/index.ts';
import { readPolicy } from '../../../../harness/declare/policy/index.ts';
import { requestText } from '../../../../harness/declare/run/index.ts';
import { hopsOf, readStack } from '../../../../harness/declare/stack/index.ts';
import { recipesOf } from '../../../../harness/execute/attack/index.ts';
import { createAuthority } from '../../../../harness/execute/identity/index.ts';
import { discoverKinds } from '../../../../harness/kinds/index.ts';
import type { Form } from '../../../../harness/model/index.ts';
import { endpoints } from '../../../support/products.ts';

const kinds = await discoverKinds();
const stack = readStack(join(projectRoot, 'fixtures/stacks/envoy-envoy'));
const policy = readPolicy(stack.policy);
const forms = [...(await discoverAttacks()).values()].flatMap(({ meta, attack }) =>
  attack.attempts({ stack, policy, hops: hopsOf(stack), endpoints }).map((form) => ({ attack: meta.id, form })),
);

t.test('no credential of a run stands in the text of any form of any attack', async (t) => {
  const authority = await createAuthority({ run: 'r0', stack, policy, now: new Date(), validForMs: 3_600_000 });
  const recipes = recipesOf([{ id: 'all', required: 1, forms: forms.map(({ form }) => form) }], kinds);
  t.ok(recipes.tokens.length > 10 && recipes.certificates.length > 5, 'there are credentials to look for');
  const values = [
    // A part of a token serves as well as the whole; what is too short to be one is no secret.
    ...recipes.tokens.flatMap((recipe) => authority.token(recipe).split('.')),
    ...recipes.certificates.flatMap((recipe) => Object.values(authority.certificate(recipe))),
  ].filter((value) => value.length >= 20);
  for (const { attack, form } of forms) {
    const text = requestText(form, kinds);
    const found = values.find((value) => text.includes(value));
    if (found !== undefined || /eyJ|-----BEGIN/.test(text)) t.fail(`${attack} ${form.variant}: ${text}`);
  }
  t.ok(forms.length > 100, `${forms.length} forms`);
});

t.test(
  'what an older version recorded of a form is what this one writes: the text is compared across versions',
  async (t) => {
    const file = join(import.meta.dirname, 'request-texts.json');
    const recorded = JSON.parse(readFileSync(file, 'utf8')) as (Pick<Form, 'send' | 'during'> & {
      readonly text: string;
    })[];
    const transports = new Set(recorded.map(({ send }) => send.transport));
    for (const { send, during, text } of recorded) {
      const form = { ...forms[0]!.form, send, ...(during && { during }) };
      t.equal(requestText(form, kinds), text);
    }
    t.same([...transports].toSorted(), ['h2c', 'hello', 'plain', 'tls'], 'of every transport that it had');
  },
);

t.test('the text says where to, how, and with what, so that it can be done again', async (t) => {
  fc.assert(
    fc.property(fc.constantFrom(...forms), ({ form }) => {
      const text = requestText(form, kinds);
      const { to, port, http, certificate, hello, tls } = form.send;
      if (hello !== undefined)
        return [`to ${to}:${port}`, hello.version, ...hello.suites].every((part) => text.includes(part));
      const written = `${http.path}\n${http.headers.map(([name, value]) => `${name}: ${value}`).join('\n')}`;
      // What stands around the token; and of an overlong path its beginning.
      const pieces = written.split('{token}').flatMap((piece) => piece.split('\n').map((one) => one.slice(0, 80)));
      const parts = [
        `to ${to}:${port}`,
        `${http.method} /`,
        ...pieces,
        ...(http.host === undefined ? [] : [`host: ${http.host}`]),
        ...(tls === undefined ? [] : [`TLS ${tls.maximum}`]),
        ...(http.token === undefined ? [] : [`<${http.token.alter ?? 'valid'} token: sub=${http.token.subject}`]),
        ...(http.token === undefined || written.includes('{token}') ? [] : ['authorization: Bearer <']),
        ...(certificate === undefined ? [] : [`certificate of ${certificate.service}`, certificate.alter ?? '']),
        ...(form.during === undefined ? [] : [`${form.target} taken over`]),
      ];
      return parts.every((part) => text.includes(part));
    }),
  );
  const form: Form = {
    variant: 'expired',
    target: 'orders',
    vantage: 'neighbour',
    evidence: 'answer',
    twin: { kind: 'traffic', route: 'orders' },
    send: {
      to: 'orders',
      port: 15443,
      transport: 'tls',
      freshShare: 1,
      certificate: { service: 'storefront', alter: 'expired' },
      http: {
        method: 'GET',
        path: '/orders/u1/1',
        headers: [['x-user', '{marker}']],
        token: { subject: 'u1', claims: { role: 'customer' }, alter: 'alg-none' },
      },
    },
  };
  t.equal(
    requestText(form, kinds),
    [
      '(TLS to orders:15443, client certificate of storefront (expired))',
      'GET /orders/u1/1 HTTP/1.1',
      'authorization: Bearer <alg-none token: sub=u1 role=customer>',
      'x-user: {marker}',
    ].join('\n'),
  );
});
