import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import t from 'tap';
import {
  byId,
  compilersOf,
  discoverAttackMetas,
  discoverAttacks,
  discoverProducts,
  discoverSabotages,
  endpointsOf,
  logOf,
} from '../../../../harness/declare/discover/index.ts';
import { plainLog } from '../../../../harness/model/index.ts';

const root = mkdtempSync(join(tmpdir(), 'holdfast-discover-'));
t.teardown(() => rmSync(root, { recursive: true, force: true }));
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const meta = (id: string, name: string, more = ''): string =>
  `id: ${id}\nname: ${name}\ntitle: T\ncontrol: edge\nclause: authentication\ncritical: true\ntechnique: t\nsecure: s\nremediation: r\nsources: [RFC 1]\n${more}`;
const code = 'export const attack = { attempts: () => [] };\n';
const addAttack = (id: string, name: string): void => {
  write(`scenarios/attacks/${id}-${name}/attack.yaml`, meta(id, name));
  write(`scenarios/attacks/${id}-${name}/attack.ts`, code);
};
const sabotage = (more: Record<string, string> = {}): string =>
  Object.entries({ id: 'weak', title: 'T', weakens: 'w', stacks: '[one]', caughtBy: '[E2]', sources: '[]', ...more })
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');

t.beforeEach(() => {
  rmSync(root, { recursive: true, force: true });
  write('scenarios/attacks/README.md', 'not a plugin');
  addAttack('E12', 'strips');
  addAttack('E2', 'refuses');
  write('fixtures/stacks/one/stack.yaml', '');
  write('fixtures/products/one/sabotage/weak/sabotage.yaml', sabotage());
  write('fixtures/products/one/sabotage/weak/overlay/edge/envoy.yaml', 'x');
});

t.test('finds attacks with their code, as people count', async (t) => {
  const found = await discoverAttacks(root);
  t.strictSame([...found.keys()], ['E2', 'E12']);
  t.match(found.get('E2'), { meta: { id: 'E2', critical: true }, folder: join(root, 'scenarios/attacks/E2-refuses') });
  t.equal(typeof found.get('E2')!.attack.attempts, 'function');
  t.strictSame(['M16', 'E2', 'M5', 'E12', 'D1'].toSorted(byId), ['D1', 'E2', 'E12', 'M5', 'M16']);
});

t.test('half a plugin, a twin id, another folder, an unknown key: refused with their place', async (t) => {
  const folder = join(root, 'scenarios/attacks');
  rmSync(join(folder, 'E2-refuses/attack.ts'));
  await t.rejects(discoverAttacks(root), { code: 'bad-input', place: { file: join(folder, 'E2-refuses/attack.ts') } });
  addAttack('E2', 'refuses');
  addAttack('E3', 'empty');
  write('scenarios/attacks/E3-empty/attack.ts', 'export const other = 1;\n');
  await t.rejects(discoverAttacks(root), { code: 'bad-input', message: /exports "attack"/ });
  rmSync(join(folder, 'E3-empty'), { recursive: true });
  write('scenarios/attacks/E2-also/attack.yaml', meta('E2', 'also'));
  t.throws(() => discoverAttackMetas(root), {
    code: 'bad-input',
    message: /found E2 also in E2-also/,
    place: { line: 1 },
  });
  rmSync(join(folder, 'E2-also'), { recursive: true });
  write('scenarios/attacks/E12-strips/attack.yaml', meta('E12', 'strip'));
  t.throws(() => discoverAttackMetas(root), {
    code: 'bad-input',
    message: /E12-strip, found E12-strips/,
    place: { line: 2 },
  });
  write('scenarios/attacks/E12-strips/attack.yaml', meta('E12', 'strips', 'severity: 1\n'));
  t.throws(() => discoverAttackMetas(root), { code: 'bad-input', message: /"severity"/, place: { line: 11 } });
  write('scenarios/attacks/E12-strips/attack.yaml', meta('E12', 'strips').replace('control: edge', 'control: front'));
  t.throws(() => discoverAttackMetas(root), { code: 'bad-input', message: /"front"/, place: { line: 4 } });
});

t.test('a feature or a clause that there is not is refused with its place, and the nearest', async (t) => {
  const file = 'scenarios/attacks/E12-strips/attack.yaml';
  const refused = (text: string, expected: object): void => {
    write(file, text);
    t.throws(() => discoverAttackMetas(root), { code: 'bad-input', ...expected });
  };
  refused(meta('E12', 'strips', 'needs: [sidecars, mutal-tls]\n'), {
    message: 'expected a feature, found "mutal-tls"',
    hint: 'did you mean "mutual-tls"?',
    place: { line: 11, column: 19 },
  });
  refused(meta('E12', 'strips').replace('clause: authentication', 'clause: autentication'), {
    message: 'expected a clause, found "autentication"',
    hint: 'did you mean "authentication"?',
    place: { line: 5 },
  });
  refused(meta('E12', 'strips').replace('clause: authentication', 'clause: encryption'), {
    message: 'expected a clause of the control edge, found "encryption"',
    place: { line: 5 },
  });
  write(file, meta('E12', 'strips', 'needs: [mutual-tls]\n'));
  t.match(discoverAttackMetas(root).get('E12'), { meta: { needs: ['mutual-tls'], clause: 'authentication' } });
});

t.test('an attack that sends nothing names a check, and has no code', async (t) => {
  const file = 'scenarios/attacks/E3-hears/attack.yaml';
  write(file, meta('E3', 'hears', 'check: tap\n'));
  const found = (await discoverAttacks(root)).get('E3')!;
  t.match(found.meta, { check: 'tap' });
  t.same(found.attack.attempts({} as never), []);
  write('scenarios/attacks/E3-hears/attack.ts', code);
  await t.rejects(discoverAttacks(root), { code: 'bad-input', message: /no attack\.ts/ });
  rmSync(join(root, 'scenarios/attacks/E3-hears/attack.ts'));
  write(file, meta('E3', 'hears', 'check: tab\n'));
  t.throws(() => discoverAttackMetas(root), {
    code: 'bad-input',
    message: 'expected a check of harness/kinds/observers, found "tab"',
    hint: 'did you mean "tap"?',
    place: { file: join(root, file), line: 11 },
  });
  t.match(discoverAttackMetas(root, ['tab']).get('E3'), { meta: { check: 'tab' } }, 'a check of another folder');
});

t.test('finds sabotages with their overlay', async (t) => {
  t.strictSame(discoverSabotages(root), [
    {
      id: 'weak',
      title: 'T',
      weakens: 'w',
      stacks: ['one'],
      caughtBy: ['E2'],
      sources: [],
      overlay: join(root, 'fixtures/products/one/sabotage/weak/overlay'),
      plan: null,
      byHand: null,
    },
  ]);
});

t.test('a sabotage that names what is not there is refused with its line', async (t) => {
  const cases: readonly (readonly [Record<string, string>, RegExp, number])[] = [
    [{ id: 'strong' }, /the id of the folder, weak, found strong/, 1],
    [{ stacks: '[one, two]' }, /the id of a stack, found "two"/, 4],
    [{ caughtBy: '[E2, E3]' }, /the id of an attack, found "E3"/, 5],
  ];
  for (const [change, message, line] of cases) {
    write('fixtures/products/one/sabotage/weak/sabotage.yaml', sabotage(change));
    t.throws(() => discoverSabotages(root), { code: 'bad-input', message, place: { line } });
  }
  write('fixtures/products/one/sabotage/weak/sabotage.yaml', sabotage());
  rmSync(join(root, 'fixtures/products/one/sabotage/weak/overlay'), { recursive: true });
  t.throws(() => discoverSabotages(root), { code: 'bad-input', message: /"overlay"/ });
});

t.test('an id that two products have is refused', async (t) => {
  write('fixtures/products/two/sabotage/weak/sabotage.yaml', sabotage());
  write('fixtures/products/two/sabotage/weak/overlay/edge/envoy.yaml', 'x');
  t.throws(() => discoverSabotages(root), { code: 'bad-input', message: /each id once, found weak of two products/ });
});

t.test('a project without sabotages has none', async (t) => {
  rmSync(join(root, 'fixtures/products'), { recursive: true });
  t.strictSame(discoverSabotages(root), []);
});

t.test('finds the compilers of products, by product and side', async (t) => {
  const module = (text: string): string => `export const compiler = () => new Map([['edge/a', '${text}']]);\n`;
  write('fixtures/products/README.md', 'not a product');
  write('fixtures/products/one/compile/edge/index.ts', module('one'));
  write('fixtures/products/both/compile/edge/index.ts', module('both'));
  write('fixtures/products/both/compile/mesh/index.ts', module('mesh'));
  write('fixtures/products/neither/mesh.yaml', '');
  const products = await discoverProducts(root);
  t.strictSame([...products.keys()], ['both', 'neither', 'one']);
  t.match(products.get('neither'), { compile: { edge: null, mesh: null } });
  const { edge, mesh } = compilersOf(products);
  t.strictSame([Object.keys(edge), Object.keys(mesh)], [['both-edge', 'one-edge'], ['both-mesh']]);
  write('fixtures/products/half/compile/edge/index.ts', 'export const other = 1;\n');
  const file = join(root, 'fixtures/products/half/compile/edge/index.ts');
  await t.rejects(discoverProducts(root), { code: 'bad-input', message: /exports "compiler"/, place: { file } });
});

t.test('finds how the log of a product is read', async (t) => {
  write('fixtures/products/both/mesh.yaml', '');
  write('fixtures/products/one/log.ts', 'export const log = { read: () => null };\n');
  const products = await discoverProducts(root);
  t.equal(products.get('both')?.log, null);
  const of = (...edge: string[]): unknown => logOf(products, { products: { edge, mesh: [] } });
  t.equal(of('one', 'both'), products.get('one')?.log);
  for (const edge of [[], ['both', 'one'], ['nowhere']]) t.equal(of(...edge), plainLog);
  write('fixtures/products/both/log.ts', 'export const log = { reads: 1 };\n');
  const file = join(root, 'fixtures/products/both/log.ts');
  await t.rejects(discoverProducts(root), { code: 'bad-input', message: /exports "log"/, place: { file } });
});

t.test(
  'finds the admin endpoints of products: one that two of them have is proved by what either answers',
  async (t) => {
    write(
      'fixtures/products/one/endpoints.yaml',
      '- { path: /stats, proof: one, ports: [1, 2] }\n- { path: /own, proof: own }\n- { path: /same, proof: s, ports: [3] }\n',
    );
    write(
      'fixtures/products/two/endpoints.yaml',
      '- { path: /stats, proof: two, ports: [2, 4], everywhere: true }\n- { path: /same, proof: s, ports: [5] }\n',
    );
    t.strictSame(endpointsOf(await discoverProducts(root)), [
      { path: '/stats', proof: 'one|two', ports: [1, 2, 4], everywhere: true },
      { path: '/own', proof: 'own', ports: [], everywhere: false },
      { path: '/same', proof: 's', ports: [3, 5], everywhere: false },
    ]);
  },
);

t.test('admin endpoints that are wrong are refused, with the place', async (t) => {
  const file = join(root, 'fixtures/products/one/endpoints.yaml');
  for (const [text, message] of [
    ['- { path: stats, proof: a }', /beginning with a slash/],
    ['- { path: /stats, proof: "(" }', /a regular expression/],
    ['- { path: /stats, proof: "a*" }', /no empty answer matches/],
    ['- { path: /stats, proof: a, ports: [0] }', /at least 1 for 0\.ports\.0/],
    ['- { path: /stats }', /proof/],
    ['- { path: /stats, proof: a, prot: [1] }', /prot/],
    ['[{ path: /a, proof: a }, { path: /a, proof: b }]', /each path once/],
    ['[]', /at least 1 entry/],
  ] as const) {
    write('fixtures/products/one/endpoints.yaml', `${text}\n`);
    await t.rejects(discoverProducts(root), { code: 'bad-input', message, place: { file } }, text);
  }
});
