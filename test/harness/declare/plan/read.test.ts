import { discoverKinds } from '../../../../harness/kinds/index.ts';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import t from 'tap';
import { openPlan, readPlan, selects } from '../../../../harness/declare/plan/index.ts';
import { projectRoot } from '../../../../harness/declare/discover/index.ts';
import { readPolicy } from '../../../../harness/declare/policy/index.ts';
import { readStack } from '../../../../harness/declare/stack/index.ts';
import { discoverAttacks } from '../../../../harness/declare/discover/index.ts';
import { schedule } from '../../../../harness/schedule/index.ts';
import { endpoints } from '../../../support/products.ts';

// A project of our own, of the shipped parts: the plan varies, what it names does not.
const root = mkdtempSync(join(tmpdir(), 'holdfast-plan-'));
t.teardown(() => rmSync(root, { recursive: true, force: true }));
for (const path of ['scenarios/attacks', 'fixtures/traces'])
  cpSync(join(projectRoot, path), join(root, path), { recursive: true });
mkdirSync(join(root, 'fixtures/stacks/envoy-envoy'), { recursive: true });
writeFileSync(join(root, 'fixtures/stacks/envoy-envoy/stack.yaml'), '');
mkdirSync(join(root, 'scenarios/plans'));
const file = join(root, 'scenarios/plans/quick.yaml');
const sound = readFileSync(join(projectRoot, 'scenarios/plans/quick.yaml'), 'utf8');

t.test('the shipped plans fit what they name, and declare the bounds that they promise', async (t) => {
  const stack = readStack(resolve(projectRoot, 'fixtures/stacks/envoy-envoy'));
  const policy = readPolicy(stack.policy);
  const attacks = [...(await discoverAttacks()).values()];
  const kinds = await discoverKinds();
  const promised = {
    quick: [0.01, 0.01],
    'two-fourteen': [0.01, 0.001],
    nightly: [0.001, 0.0001],
    sabotage: [0.05, 0.05],
    'sabotage-interception': [0.05, 0.05],
  };
  const critical = new Set(attacks.filter(({ meta }) => meta.critical).map(({ meta }) => meta.id));
  const whole = ['two-fourteen', 'nightly', 'sabotage-interception'];
  for (const [id, [standard, tight]] of Object.entries(promised)) {
    const { plan, trace } = openPlan(id);
    t.match(plan, { id, stack: stack.id, bounds: { standard, critical: tight } });
    const { main, attacks: listed } = schedule({
      plan,
      stack,
      policy,
      trace,
      attacks,
      seed: id,
      only: null,
      kinds,
      configured: { configuration: new Map(), configure: () => new Map() },
      endpoints,
    });
    t.equal(listed.length, attacks.length, `${id} has every attack`);
    // What takes a hop over is left to the plan that has the room.
    if (id === 'sabotage') continue;
    listed.forEach(({ id: attack, forms }, a) => {
      const windows = new Set(main.operations.filter(({ attack: of }) => of === a).map(({ form }) => form!));
      const cells = forms.filter(({ during }) => during !== undefined);
      const stood = forms.filter((_, form) => windows.has(form));
      const all = whole.includes(id) || critical.has(attack);
      if (all) t.equal(windows.size, cells.length, `${id} opens a window for each form of ${attack}`);
      for (const part of ['variant', 'target'] as const) {
        t.strictSame(
          new Set(stood.map((form) => form[part])),
          new Set(cells.map((form) => form[part])),
          `${id}, ${attack}: each ${part}`,
        );
      }
    });
  }
});

const refusals: readonly (readonly [what: string, from: string, to: string, message: RegExp, at: string])[] = [
  ['an unknown key', 'interceptionMs:', 'interceptMs: 1\ninterceptionMs:', /"interceptMs"/, 'interceptMs:'],
  [
    'a negative rate',
    'ceilingPerSecond: 2560',
    'ceilingPerSecond: -1',
    /more than 0 for load.ceilingPerSecond, found -1/,
    'ceilingPerSecond',
  ],
  ['a wrong type', 'timeoutMs: 2000', 'timeoutMs: soon', /found "soon"/, 'timeoutMs'],
  ['an unknown stack', 'stack: envoy-envoy', 'stack: envoy-envoi', /found "envoy-envoi"/, 'stack:'],
  ['an unknown trace', 'trace: nasa-http-1995-07-13', 'trace: none', /found "none"/, 'trace: none'],
  ['an attack that does not exist', "attacks: ['*']", "attacks: ['E1', 'Z9']", /found "Z9"/, 'attacks:'],
  [
    'a phase beyond the trace',
    'toS: 7740',
    'toS: 10801',
    /at most 10800, the length of the trace, found 10801/,
    'toS: 10801',
  ],
  [
    'a phase that ends before it begins',
    'fromS: 7440, toS: 7740',
    'fromS: 7440, toS: 7000',
    /more than fromS, 7440, found 7000/,
    'toS: 7000',
  ],
  ['two phases of one name', 'id: recovery', 'id: spike', /"spike" again/, 'id: spike, trace: { fromS: 7440'],
  [
    'two routes of one name',
    'invalid: { dropsShare',
    `routes:
    - { id: a, weight: 1, method: GET, path: /a, role: r }
    - { id: a, weight: 1, method: GET, path: /b, role: r }
  invalid: { dropsShare`,
    /"a" again/,
    'path: /b',
  ],
  ['a bound that is none', 'standard: 0.01', 'standard: 0', /more than 0/, 'bounds'],
  ['a ramp downwards', 'toPerSecond: 3200', 'toPerSecond: 20', /at least fromPerSecond, 100, found 20/, 'toPerSecond'],
  [
    'windows longer than a phase',
    'interceptionMs: 1300',
    'interceptionMs: 6000',
    /at least interceptionMs, 6000, found 5600/,
    'durationMs: 5600',
  ],
  ['a lighter plan that is not there', 'interceptionMs:', 'lighter: quik\ninterceptionMs:', /found "quik"/, 'lighter:'],
  ['another name than the file’s', 'id: quick', 'id: slow', /expected the name of the file, "quick"/, 'id: slow'],
];

for (const [what, from, to, message, at] of refusals) {
  t.test(`refuses ${what}`, async (t) => {
    const text = sound.replace(from, to);
    t.not(text, sound);
    writeFileSync(file, text);
    const line = text.slice(0, text.indexOf(at)).split('\n').length;
    const error = t.throws(() => readPlan('quick', root));
    t.match(error, { code: 'bad-input', message, place: { file, line } });
  });
}

t.test('refuses a plan that is not there, and says which are', async (t) => {
  t.throws(() => readPlan('quik', root), { code: 'bad-input', hint: /did you mean "quick"/ });
  t.throws(() => readPlan('./absent.yaml', root), { code: 'bad-input', message: /none of this name/ });
});

t.test('a trace beside the plan, and its faults with their place', async (t) => {
  const own = join(root, 'mine.yaml');
  writeFileSync(
    own,
    sound.replace('id: quick', 'id: mine').replace('trace: nasa-http-1995-07-13', 'trace: ./mine.csv'),
  );
  writeFileSync(join(root, 'mine.csv'), 'second,requests\n0,1\nnoise\n');
  t.throws(() => openPlan(own, root), { code: 'bad-input', place: { file: join(root, 'mine.csv'), line: 3 } });
  writeFileSync(
    join(root, 'mine.csv'),
    `second,requests\n${Array.from({ length: 8000 }, (_, s) => `${s},1`).join('\n')}\n`,
  );
  t.match(openPlan(own, root), { plan: { id: 'mine' }, trace: { id: 'mine' }, traceFile: join(root, 'mine.csv') });
});

t.test('globs select by id, by name, by both', async (t) => {
  const meta = { id: 'M3', name: 'refuses-bad-client-certificate' };
  for (const glob of ['*', 'M3', 'M*', 'refuses-*', '{E1,M3}', 'M3-*']) t.ok(selects([glob], meta), glob);
  for (const glob of ['M', 'E*', 'm3', 'M33', '']) t.notOk(selects([glob], meta), glob);
});

t.test('where the actions of each phase stand is known', async (t) => {
  const actions = 'actions: [{ do: kill, member: edge, atMs: 0, forMs: 500 },\n      { do: kil }] }';
  writeFileSync(file, sound.replace('durationMs: 34000 }', `durationMs: 34000, ${actions}`));
  const line = sound.split('\n').findIndex((text) => text.includes('durationMs: 34000')) + 1;
  t.match(openPlan('quick', root).actionPlaces, [
    [],
    [
      { file, line },
      { file, line: line + 1, column: 7 },
    ],
    [],
  ]);
  writeFileSync(file, sound);
});
