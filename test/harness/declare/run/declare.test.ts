import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { projectRoot } from '../../../../harness/declare/discover/index.ts';
import { declareRun } from '../../../../harness/declare/run/index.ts';
import type { DeclareOptions } from '../../../../harness/declare/run/index.ts';

type Refusal = {
  readonly code: string;
  readonly message?: RegExp;
  readonly hint?: string | RegExp;
  readonly place?: object;
};

const seed = 'one';

t.test(
  'a run as declared: what the plan requires, what is selected of it, and digests of all that it is made of',
  async (t) => {
    const whole = await declareRun({ plan: 'sabotage', seed });
    t.match(whole, { plan: { id: 'sabotage' }, stack: { id: 'envoy-envoy' }, only: null, overlay: null, seed });
    t.strictSame(Object.keys(whole.digests).toSorted(), [
      'catalogue',
      'dependencies',
      'harness',
      'plan',
      'policy',
      'trace',
    ]);
    t.ok(Object.values(whole.digests).every((digest) => /^[0-9a-f]{64}$/.test(digest)));
    t.equal(whole.selected.length, whole.required.length);

    const narrowed = await declareRun({ plan: 'sabotage', only: '{E1,refuses-plaintext}', seed });
    t.equal(narrowed.required.length, whole.required.length, 'what was left out is still required');
    t.strictSame(
      narrowed.selected.map(({ meta }) => meta.id),
      ['E1', 'M1'],
    );
    t.strictSame(narrowed.digests, whole.digests);
    const other = await declareRun({ plan: 'quick', seed });
    t.not(other.digests['plan'], whole.digests['plan']);
    t.equal(other.digests['harness'], whole.digests['harness']);
  },
);

t.test('whatever is wrong is said with its code and what to do', async (t) => {
  const folder = t.testdir({ 'mine.yaml': 'id: mine\nspeed: 3\n' });
  const refusals: readonly (readonly [Partial<DeclareOptions>, Refusal])[] = [
    [{ plan: 'quik' }, { code: 'bad-input', message: /found "quik"/, hint: 'did you mean "quick"?' }],
    [{ plan: join(folder, 'mine.yaml') }, { code: 'bad-input', place: { file: join(folder, 'mine.yaml'), line: 2 } }],
    [{ plan: join(folder, 'none.yaml') }, { code: 'bad-input', place: { file: join(folder, 'none.yaml') } }],
    [{ stack: 'envoy-envoi' }, { code: 'usage', message: /found "envoy-envoi"/, hint: /holdfast stacks/ }],
    [{ stack: '../stacks/envoy-envoy' }, { code: 'usage' }],
    [{ only: 'E99' }, { code: 'usage', message: /found "E99"/, hint: /the plan has .*E15/ }],
    [{ only: 'refuses-plaintxt' }, { code: 'usage', hint: 'did you mean "refuses-plaintext"?' }],
    [{ only: '' }, { code: 'usage', message: /found ""/, hint: /\S/ }],
    [{ overlay: join(folder, 'none') }, { code: 'usage', message: /none/, hint: /--render DIR/ }],
    [{ overlay: join(folder, 'mine.yaml') }, { code: 'usage', message: /folder/ }],
  ];
  for (const [options, expected] of refusals) {
    await t.rejects(declareRun({ plan: 'sabotage', seed, ...options }), expected, JSON.stringify(options));
  }
});

t.test('a plan by path is read where it stands', async (t) => {
  const folder = t.testdir();
  const file = join(folder, 'sabotage.yaml');
  writeFileSync(
    file,
    readFileSync(join(projectRoot, 'scenarios/plans/sabotage.yaml'), 'utf8').replace(
      'timeoutMs: 2000',
      'timeoutMs: 2001',
    ),
  );
  const [mine, shipped] = await Promise.all([file, 'sabotage'].map((plan) => declareRun({ plan, seed })));
  t.equal(mine?.plan.load.timeoutMs, 2001);
  t.not(mine?.digests['plan'], shipped?.digests['plan'], 'and its digest is of what was read');
});
