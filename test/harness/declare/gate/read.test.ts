import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import t from 'tap';
import type { Test } from 'tap';
import { parse } from 'yaml';
import { projectRoot } from '../../../../harness/declare/discover/index.ts';
import { gateIds, openGate } from '../../../../harness/declare/gate/index.ts';
import { knownNames } from '../../../../harness/declare/gate/known.ts';
import { canMatch } from '../../../../harness/declare/gate/globs.ts';
import { worseComparison, unlikeComparison } from '../../../../reports/comparison/sample.ts';
import { schemaFiles } from '../../../../reports/schema/index.ts';

const text = readFileSync(join(projectRoot, 'scenarios/gates/default.yaml'), 'utf8');

/** A gate file in a folder of its own, changed from the default one. */
const written = (t: Test, change: (text: string) => string, name = 'default.yaml'): string => {
  const changed = change(text);
  if (changed === text && name === 'default.yaml') throw new Error('the change changes nothing');
  return join(t.testdir({ [name]: changed }), name);
};

t.test('a gate may name the routes of an app, and of a plan with its own', async (t) => {
  const root = t.testdir({
    fixtures: { apps: { own: { 'app.yaml': readFileSync(join(projectRoot, 'fixtures/apps/shop/app.yaml'), 'utf8') } } },
  });
  t.match(knownNames(['E1'], root), {
    attacks: ['E1'],
    phases: [],
    routes: ['catalogue', 'orders', 'checkout', 'refund'],
  });
});

t.test('the default gate is read by its id, and is what an editor is told', (t) => {
  t.match(openGate(), { id: 'default', file: 'scenarios/gates/default.yaml', alpha: 0.01 });
  t.strictSame(openGate('default'), openGate());
  t.ok(gateIds().includes('default'));
  const validate = new Ajv2020({ strict: true }).compile(JSON.parse(schemaFiles().get('gate.schema.json') ?? ''));
  for (const id of gateIds())
    t.ok(validate(parse(readFileSync(join(projectRoot, 'scenarios/gates', `${id}.yaml`), 'utf8'))), id);
  t.notOk(validate({ ...parse(text), alpha: 2 }));
  t.end();
});

t.test('a gate of the user is read by its path', (t) => {
  const file = written(t, (text) => text.replace('id: default', 'id: mine'), 'mine.yaml');
  t.match(openGate(file), { id: 'mine', file: /mine\.yaml$/ });
  t.end();
});

t.test('what is wrong is said with its line and what to write instead', (t) => {
  const line = (of: RegExp): number => text.split('\n').findIndex((one) => of.test(one)) + 1;
  t.throws(() => openGate('defualt'), { code: 'bad-input', hint: /did you mean "default"/ });
  t.throws(() => openGate('./none.yaml'), { code: 'bad-input', message: /none of this name/ });
  t.throws(() => openGate(written(t, (text) => text.replace('alpha: 0.01', 'alpha: 1'))), {
    code: 'bad-input',
    message: /less than 1.*alpha/,
    place: { line: line(/^alpha/) },
  });
  t.throws(() => openGate(written(t, (text) => text.replace('latencyMs:', 'latencyMS:'))), {
    message: /latencyMS/,
    hint: /did you mean "latencyMs"/,
  });
  t.throws(() => openGate(written(t, (text) => text.replace('id: default', 'id: other'))), {
    message: /"default".*"other"/,
    place: { line: 1 },
  });
  t.throws(() => openGate(written(t, (text) => text.replace("'attack *' # newly", "'atack *' # newly"))), {
    code: 'bad-input',
    message: /"atack \*"/,
    hint: /did you mean "attack \*"/,
    place: { line: line(/attack \*' # newly/) },
  });
  t.throws(() => openGate(written(t, (text) => text.replace("'latency * p99'", "'latency * p9999'"))), {
    code: 'bad-input',
    hint: /did you mean "latency \* p99"/,
  });
  t.end();
});

t.test('a glob that no line could have is refused, and no other', (t) => {
  const known = { attacks: ['E1', 'E12'], phases: ['rest'], routes: ['orders'] };
  for (const glob of [
    '*',
    'verdict',
    'attack E12',
    'attack E?',
    'attack {E1,E12}',
    'incident *',
    'incident E1-*',
    'incident E1-no-token@orders-edge',
    'latency * p99',
    'latency brand-new-phase p50',
    'latency {rest,other} p99',
    'floor *',
    'floor brand-new-route',
    'bound *',
    '{throughput,capacity}',
  ])
    t.ok(canMatch(glob, known), glob);
  for (const glob of ['attack Q7', 'incident Q7-*', 'latency rest p42', 'latency', 'verdikt', 'control E1', 'attack'])
    t.notOk(canMatch(glob, known), glob);
  t.end();
});

t.test('every line of a comparison has a name that a gate can name', (t) => {
  const attacks = [...new Set(worseComparison.after.posture.attacks.map(({ id }) => id))];
  for (const { id } of [...worseComparison.lines, ...unlikeComparison.lines])
    t.ok(canMatch(id, { attacks, phases: [], routes: [] }), id);
  t.end();
});

t.test('a gate is looked for among those of the project', (t) => {
  const root = t.testdir({});
  mkdirSync(join(root, 'scenarios/gates'), { recursive: true });
  cpSync(join(projectRoot, 'scenarios/plans'), join(root, 'scenarios/plans'), { recursive: true });
  symlinkSync(join(projectRoot, 'scenarios/attacks'), join(root, 'scenarios/attacks'));
  writeFileSync(join(root, 'scenarios/gates/strict.yaml'), text.replace('id: default', 'id: strict'));
  t.strictSame(gateIds(root), ['strict']);
  t.match(openGate('strict', root), { id: 'strict', file: 'scenarios/gates/strict.yaml' });
  t.throws(() => openGate('default', root), { code: 'bad-input', hint: /known: strict|did you mean/ });
  t.end();
});
