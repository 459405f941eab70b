import { discoverKinds } from '../../../../harness/kinds/index.ts';
import fc from 'fast-check';
import { join } from 'node:path';
import { existsSync, readdirSync } from 'node:fs';
import t from 'tap';
import { readPolicy } from '../../../../harness/declare/policy/index.ts';
import { hopsOf, readStack } from '../../../../harness/declare/stack/index.ts';
import { compile } from '../../../../harness/execute/attack/compile.ts';
import type { Volley } from '../../../../harness/execute/attack/compile.ts';
import { recipeKey, recipesOf } from '../../../../harness/execute/attack/index.ts';
import { readResults } from '../../../../harness/execute/attack/results.ts';
import type { Result } from '../../../../harness/execute/attack/job.ts';
import type { Attack, AttemptSlot, ScheduledAttack } from '../../../../harness/model/index.ts';
import { endpoints } from '../../../support/products.ts';

const root = join(import.meta.dirname, '../../../..');
const stack = readStack(join(root, 'fixtures/stacks/envoy-envoy'));
const context = { stack, policy: readPolicy(stack.policy), hops: hopsOf(stack), endpoints };
const folders = readdirSync(join(root, 'scenarios/attacks')).filter((name) => /^[A-Z][0-9]+-/.test(name));
const attacks: ScheduledAttack[] = [];
for (const folder of folders) {
  // One that a check judges sends nothing.
  if (!existsSync(join(root, 'scenarios/attacks', folder, 'attack.ts'))) continue;
  const { attack } = (await import(join(root, 'scenarios/attacks', folder, 'attack.ts'))) as { attack: Attack };
  const forms = attack.attempts(context);
  if (forms.length > 0) attacks.push({ id: folder.split('-')[0]!, required: 0, forms });
}
const recipes = recipesOf(attacks, await discoverKinds());
const credentials: Volley['credentials'] = {
  tokens: new Map(recipes.tokens.map((recipe) => [recipeKey(recipe), `token of ${recipeKey(recipe)}`])),
  certificates: new Map(
    recipes.certificates.map((recipe) => [recipeKey(recipe), { cert: recipeKey(recipe), key: 'key' }]),
  ),
  ca: 'ca',
};

const slots = fc.array(
  fc
    .tuple(fc.nat(60_000), fc.nat(attacks.length - 1), fc.nat(), fc.constantFrom(0, 1))
    .map(([at, attack, form, fresh]): AttemptSlot => [
      at,
      attack,
      form % attacks[attack]!.forms.length,
      fresh as 0 | 1,
    ]),
  { maxLength: 60 },
);
const volleyOf = (attempts: AttemptSlot[], firstSeq: number): Volley => {
  const twins = attempts.flatMap(([at, attack, form]) => {
    const { twin, vantage } = attacks[attack]!.forms[form]!;
    return twin.kind === 'request' ? [{ send: twin.send, vantage, atMs: [at, at + 7], forms: [] }] : [];
  });
  return {
    segment: { attempts, twins },
    attacks,
    origin: 5n,
    credentials,
    firstSeq,
    requestIds: (kind, seq) => `${kind}.${seq}`,
  };
};

t.test('every attempt and every twin is sent once, at its time, from its vantage', async () => {
  fc.assert(
    fc.property(slots, fc.nat(1000), (attempts, firstSeq) => {
      const volley = volleyOf(attempts, firstSeq);
      const jobs = compile(stack, volley, '1');
      const all = (['public', 'mesh'] as const).flatMap((side) => jobs[side].slots.map((slot) => ({ side, slot })));
      const sent = all.filter(({ slot }) => slot[3] === 'attack').sort((a, b) => a.slot[4] - b.slot[4]);
      const inOrder = (['public', 'mesh'] as const).every((side) =>
        jobs[side].slots.every(([at], i) => i === 0 || at >= jobs[side].slots[i - 1]![0]),
      );
      const faithful = attempts.every(([at, attack, form, fresh], i) => {
        const { send, vantage, during } = attacks[attack]!.forms[form]!;
        const { side, slot } = sent[i]!;
        const request = jobs[side].requests[slot[1]]!;
        const token = send.http.token === undefined ? '' : credentials.tokens.get(recipeKey(send.http.token))!;
        return (
          slot[0] === at &&
          slot[2] === fresh &&
          slot[4] === firstSeq + i &&
          slot[5] === `attack.${firstSeq + i}` &&
          (side === 'public') === (vantage === 'outside' || during !== undefined) &&
          request.port === send.port &&
          request.path === send.http.path.replaceAll('{token}', token) &&
          // In a header, or wherever the form has it.
          [request.path, ...request.headers.map(([, value]) => value)].some((text) => text.includes(token)) &&
          (request.verify === null) === (send.to !== 'edge' || send.port !== stack.edge.port)
        );
      });
      const results = all.map(({ slot }): Result => [slot[3], slot[4], '1', '2', 200, null, 'c', 0]);
      const fired = readResults(volley, [results.map((each) => JSON.stringify(each) + '\n').join('') + '["cut o']);
      return (
        inOrder &&
        faithful &&
        sent.length === attempts.length &&
        fired.attempts.every(
          ({ dueMs, attack, form }, i) =>
            dueMs === attempts[i]![0] && attack === attempts[i]![1] && form === attempts[i]![2],
        ) &&
        fired.twins.length === volley.segment.twins.length * 2
      );
    }),
  );
});

t.test('a twin in the mesh verifies whom it speaks to', async (t) => {
  const index = attacks.findIndex(({ id }) => id === 'M3');
  const { mesh } = compile(stack, volleyOf([[0, index, 0, 1]], 0), '1');
  const twin = mesh.requests[mesh.slots.find(([, , , kind]) => kind === 'twin')![1]]!;
  t.same(twin.verify, { kind: 'uri', name: `spiffe://${stack.trustDomain}/${twin.to}` });
});

t.test('what only a sender knows of reaches its agent as the form says it', async (t) => {
  const own = { bytes: ['00ff', '{id}'], pauseMs: 5, deep: { more: true } };
  const [{ forms, ...rest }] = attacks as [ScheduledAttack];
  const [form] = forms;
  const twin = { kind: 'request' as const, send: { ...form!.send, own: { bytes: [] } } };
  const volley = {
    ...volleyOf([[0, 0, 0, 1]], 0),
    attacks: [{ ...rest, forms: [{ ...form!, send: { ...form!.send, own }, twin }] }],
  };
  const jobs = compile(stack, volley, '1');
  const { requests, slots } = jobs[form!.vantage === 'outside' ? 'public' : 'mesh'];
  const [, index] = slots.find(([, , , kind]) => kind === 'attack')!;
  t.strictSame(requests[index]!.own, own);
  t.strictSame(JSON.parse(JSON.stringify(requests[index]!.own)), own, 'a job goes by file');
  t.equal(compile(stack, volleyOf([[0, 0, 0, 1]], 0), '1').public.requests[0]?.own ?? null, null, 'others have none');
});

t.test('a credential that was not made is an error, not an attempt without it', async (t) => {
  const volley = {
    ...volleyOf([[0, attacks.findIndex(({ id }) => id === 'E2'), 0, 0]], 0),
    credentials: { ...credentials, tokens: new Map() },
  };
  t.throws(() => compile(stack, volley, '1'), { code: 'internal' });
});

t.test('equal recipes have equal keys', async (t) => {
  t.equal(
    recipeKey({ subject: 'a', claims: { x: '1', y: '2' } }),
    recipeKey({ claims: { y: '2', x: '1' }, subject: 'a' }),
  );
  t.equal(new Set(recipes.tokens.map(recipeKey)).size, recipes.tokens.length);
});
