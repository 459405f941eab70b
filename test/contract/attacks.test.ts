import type { IncomingMessage } from 'node:http';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { parse } from 'yaml';
import { claimsOf, grants, routesOf } from '../../harness/declare/forms/index.ts';
import { readPolicy } from '../../harness/declare/policy/index.ts';
import { hopsOf, membersOf, readStack } from '../../harness/declare/stack/index.ts';
import { openJournal } from '../../fixtures/apps/shop/workload/journal.ts';
import { identityHeaders } from '../../harness/policy/identity-headers.ts';
import { discoverKinds } from '../../harness/kinds/index.ts';
import { controlIds, senderOf } from '../../harness/model/index.ts';
import { decisionsAlong } from '../../harness/policy/decide/index.ts';
import type { Attack, AttackContext, AttackMeta, CertificateRecipe, Form, Send } from '../../harness/model/index.ts';
import { endpoints } from '../support/products.ts';

/** Every folder under scenarios/attacks, discovered: what all attacks must be, whatever they try. */
const root = join(import.meta.dirname, '../../scenarios/attacks');
const folders = readdirSync(root, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []));

const stack = readStack(join(import.meta.dirname, '../../fixtures/stacks/envoy-envoy'));
const policy = readPolicy(stack.policy);
const context: AttackContext = { stack, policy, hops: hopsOf(stack), endpoints };
const members = membersOf(stack);

const kinds = await discoverKinds();

/** A send is legitimate where the policy grants it and nothing about it is forged. */
const isLegitimate = (send: Send): boolean => {
  const { to, port, certificate, http } = send;
  const sender = senderOf(kinds, send.transport);
  const service = stack.services.find(({ id }) => id === to);
  return (
    service?.meshPort === port &&
    sender.isRequest(send) &&
    sender.isEncrypted(send) &&
    certificate !== undefined &&
    certificate.alter === undefined &&
    http.headers.length === 0 &&
    policy.calls.some(
      (call) => call.from === certificate.service && call.to === to && grants(call, http.method, http.path, 'mallory'),
    )
  );
};

/** Evidence of what the policy must refuse: with the others the request itself may be valid. */
const ofRefusal: ReadonlySet<string> = new Set(['witness', 'answer']);

/** Does the policy grant the request as it is, where it is sent? */
const isValid = (send: Send): boolean =>
  send.port === portOf(send.to) && decisionsAlong(policy, stack, send)[0]?.allow === true;

const portOf = (member: string): number | undefined =>
  member === 'edge' ? stack.edge.port : stack.services.find(({ id }) => id === member)?.meshPort;

const isCertificate = (recipe: CertificateRecipe | undefined): boolean =>
  recipe === undefined || members.includes(recipe.service);

const checkForm = (form: Form): string | null => {
  const { send, twin, evidence, during, vantage } = form;
  const text = JSON.stringify(send.http);
  const wrong: readonly (readonly [boolean, string])[] = [
    [!/^[\x21-\x7e]+$/.test(form.variant), 'a variant is one word'],
    [!members.includes(send.to), 'sends to a member'],
    [!(Number.isInteger(send.port) && send.port > 0 && send.port < 65536), 'port'],
    [!(send.freshShare > 0 && send.freshShare <= 1), 'freshShare'],
    [send.to !== 'edge' && send.freshShare !== 1, 'a connection of its own on a mesh port'],
    [!isCertificate(send.certificate), 'certificate of a member'],
    [!send.http.path.startsWith('/'), 'path'],
    [evidence === 'spoof' && !/\{marker(Ip)?\}/.test(text), 'a spoof holds the marker'],
    [(evidence === 'response') !== (send.proof !== undefined), 'a proof with evidence response, and only there'],
    [(evidence === 'interceptor') !== (during !== undefined), 'an operation with evidence interceptor, and only there'],
    [
      during !== undefined && !context.hops.some(({ from, to }) => form.target === `${from}→${to}`),
      'an interception targets a hop',
    ],
    [during === undefined && form.target !== send.to, 'the target is who must refuse'],
    [vantage === 'outside' && send.to !== 'edge', 'outside sees the edge alone'],
    [twin.kind === 'request' && !isLegitimate(twin.send), 'the twin is legitimate'],
    [twin.kind === 'request' && twin.send.to !== send.to, 'the twin goes where the attempt goes'],
    [twin.kind === 'traffic' && !routesOf(context).some(({ id }) => id === twin.route), 'the twin is a route'],
    [
      form.decisions === undefined && JSON.stringify(twin) === JSON.stringify({ kind: 'request', send }),
      'an attempt differs from its twin',
    ],
    [
      (evidence === 'decision' || evidence === 'drift') !== (form.decisions !== undefined),
      'decisions with evidence decision or drift, and only there',
    ],
    [ofRefusal.has(evidence) && isValid(send), 'what must be refused is no valid request'],
    [(evidence === 'handshake') !== (send.hello !== undefined), 'a hello with evidence handshake, and only there'],
    [!senderOf(kinds, send.transport).recipe.safeParse(send).success, 'what its sender can send'],
  ];
  const found = wrong.find(([isWrong]) => isWrong);
  return found === undefined ? null : `${form.variant} at ${form.target}: expected ${found[1]}`;
};

t.ok(folders.length > 0, 'attacks were discovered');
const ids = folders.map((folder) => folder.split('-')[0]);
t.equal(new Set(ids).size, ids.length, 'an id stands once');

for (const folder of folders) {
  t.test(folder, async (t) => {
    const meta = parse(readFileSync(join(root, folder, 'attack.yaml'), 'utf8')) as AttackMeta;
    t.equal(`${meta.id}-${meta.name}`, folder, 'the folder bears id and name');
    t.ok(controlIds.includes(meta.control), 'the control exists');
    t.type(meta.critical, 'boolean');
    for (const key of ['title', 'technique', 'secure', 'remediation'] as const)
      t.match(meta[key], /\S/, `${key} is said`);
    t.ok(meta.sources.length > 0 && meta.sources.every((source) => source.trim() !== ''), 'sources are given');

    if (meta.check !== undefined)
      return t.ok(kinds.checks.has(meta.check), 'it is judged by a check, and sends nothing');
    const { attack } = (await import(join(root, folder, 'attack.ts'))) as { attack: Attack };
    const forms = attack.attempts(context);
    t.same(attack.attempts(context), forms, 'the same context gives the same forms');
    t.same(JSON.parse(JSON.stringify(forms)), forms, 'forms are data');
    t.ok(forms.length > 0, 'there are forms');
    const names = forms.map(({ variant, target }) => `${variant} ${target}`);
    // In a corpus they name a kind of requests, of which there are few.
    if (meta.corpus === true) t.ok(new Set(names).size > names.length / 10, 'variant and target name a kind');
    else t.same(new Set(names).size, names.length, 'variant and target name a form');
    t.same(
      forms.map(checkForm).filter((complaint) => complaint !== null),
      [],
      'every form is well formed, every twin legitimate',
    );

    // A spoofed header that the witness does not write down would be stripped in every report and in none of the stacks.
    for (const { variant, send } of forms.filter(({ evidence }) => evidence === 'spoof')) {
      const file = join(t.testdir(), 'journal.ndjson');
      openJournal(file, identityHeaders).record({
        rawHeaders: send.http.headers.flat(),
        method: 'GET',
        url: '/',
      } as unknown as IncomingMessage);
      t.match(readFileSync(file, 'utf8'), /\{marker/, `${variant}: the witness would see it`);
    }
  });
}

/** A form of any kind whose attempt is refused, with the valid request of its twin in the place of what it sends. */
const disarmed = (form: Form): Form[] =>
  ofRefusal.has(form.evidence) && form.twin.kind === 'request'
    ? [
        { ...form, send: form.twin.send },
        { ...form, send: form.twin.send, twin: { kind: 'traffic', route: 'orders' } },
      ]
    : [];

t.test('an attack that sends what it must not be refused fails this test', async (t) => {
  const forms: Form[] = [];
  for (const folder of folders.filter((name) => existsSync(join(root, name, 'attack.ts')))) {
    const { attack } = (await import(join(root, folder, 'attack.ts'))) as { attack: Attack };
    forms.push(...attack.attempts(context));
  }
  const tame = forms.flatMap(disarmed);
  t.ok(tame.length > 0);
  t.same(
    tame.filter((form) => checkForm(form) === null),
    [],
  );
});

t.test('what an attack calls legitimate is so by the policy', async (t) => {
  for (const { id, method, path, token, role } of routesOf(context)) {
    t.same(token.claims, claimsOf(policy, role), `${id}: the token confers its role`);
    t.equal(token.alter, undefined, `${id}: nothing forged`);
    t.ok(
      policy.rules.some(
        ({ methods, who }) => methods.includes(method) && (who === 'authenticated' || who.includes(role)),
      ),
      `${id}: ${method} ${path}`,
    );
  }
  t.same(
    routesOf(context).map(({ id, crosses }) => [id, crosses.join(' ')]),
    [
      ['catalogue', 'storefront'],
      ['orders', 'storefront orders'],
      ['checkout', 'storefront orders payments'],
      ['refund', 'storefront orders payments'],
    ],
  );
});
