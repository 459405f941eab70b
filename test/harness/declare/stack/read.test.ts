import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import t from 'tap';
import {
  expectationText,
  hopsOf,
  membersOf,
  readExpectation,
  readStack,
} from '../../../../harness/declare/stack/index.ts';
import type { Expectation } from '../../../../harness/model/index.ts';

const source = resolve(import.meta.dirname, '../../../../fixtures');
const root = mkdtempSync(join(tmpdir(), 'holdfast-stack-'));
t.teardown(() => rmSync(root, { recursive: true }));
const parts = ['apps/shop', 'products/envoy', 'stacks/envoy-envoy', 'stacks/networks.yaml'];
for (const part of parts) cpSync(join(source, part), join(root, part), { recursive: true });
const folder = join(root, 'stacks/envoy-envoy');

t.test('reads a stack from any folder, and knows its hops', async (t) => {
  const stack = readStack(folder);
  t.strictSame(
    hopsOf(stack).map(({ from, to, port }) => `${from}→${to}:${port}`),
    ['edge→storefront:15443', 'storefront→orders:15443', 'orders→payments:15443'],
  );
  t.strictSame(membersOf(stack), ['edge', 'storefront', 'orders', 'payments']);
  t.equal(stack.policy, join(root, 'apps/shop/policy.yaml'));
});

t.test('what is changed between two readings is read', async (t) => {
  const file = join(root, 'stacks/networks.yaml');
  const text = readFileSync(file, 'utf8');
  t.teardown(() => writeFileSync(file, text));
  const before = readStack(folder).compose;
  t.equal(readStack(folder).compose, before);
  writeFileSync(file, `${text}  added: {}\n`);
  t.match(readStack(folder).compose, /^ {2}added: /m, 'in a part that it includes');
});

t.test('a product as it ships is a part like another, that no compiler configures', async (t) => {
  const file = join(folder, 'stack.yaml');
  const text = readFileSync(file, 'utf8');
  t.teardown(() => writeFileSync(file, text));
  const compiled = readStack(folder);
  t.strictSame(compiled.compilers, { edge: 'envoy-edge', mesh: 'envoy-mesh' }, 'its own, where none is named');
  writeFileSync(file, text.replace('edge: envoy', 'edge: envoy/defaults'));
  const { compilers, parts, products, edge } = readStack(folder);
  t.strictSame(compilers, { edge: null, mesh: 'envoy-mesh' });
  t.strictSame(parts, { edge: null, mesh: 'envoy' });
  t.strictSame(
    products,
    { edge: ['envoy'], mesh: ['envoy'] },
    'it is advised on, and its log is read, as that product',
  );
  t.strictSame(edge.adminPorts, [9901]);
});

t.test('each mistake is found in its file', async (t) => {
  const cases: [string, string, string, string, RegExp][] = [
    ['another id than the folder', 'stack.yaml', 'id: envoy-envoy', 'id: envoy', /"envoy-envoy", found "envoy"/],
    [
      'a call that leads back',
      '../../apps/shop/app.yaml',
      'calls: [payments]',
      'calls: [payments, storefront]',
      /do not lead back to storefront, found that orders does/,
    ],
    ['a call to nobody', '../../apps/shop/app.yaml', 'calls: [payments]', 'calls: [paymnts]', /found "paymnts"/],
    [
      'a service that nobody calls',
      '../../apps/shop/app.yaml',
      'calls: [payments]',
      'calls: []',
      /nobody leads to "payments"/,
    ],
    [
      'a route that nobody answers',
      '../../apps/shop/app.yaml',
      'path: /catalogue,',
      'path: /catalog,',
      /found \/catalog/,
    ],
    ['no such app', 'stack.yaml', 'app: shop', 'app: shpo', /app.yaml, found "shpo"/],
    [
      'containers of no service',
      '../../products/envoy/mesh.yaml',
      'id: orders',
      'id: order',
      /app shop, found "order"/,
    ],
    ['no such mesh', 'stack.yaml', 'mesh: envoy', 'mesh: envoi', /mesh.yaml, found "envoi"/],
    ['no such defaults', 'stack.yaml', 'edge: envoy', 'edge: envoi/defaults', /edge.yaml, found "envoi\/defaults"/],
    ['no name of a part', 'stack.yaml', 'edge: envoy', 'edge: envoy/default', /with \/defaults behind it/],
    [
      'no such file to include',
      'compose.yaml',
      'products/envoy/edge',
      'products/envoi/edge',
      /found none of this name/,
    ],
    [
      'another definition of the same',
      'compose.yaml',
      'include:',
      'networks: { mesh: { internal: false } }\ninclude:',
      /one definition of networks.mesh/,
    ],
    ['no such policy', 'stack.yaml', 'app: shop', 'app: shop\npolicy: mine.yaml', /found none at/],
    [
      'no such compose service',
      '../../products/envoy/mesh.yaml',
      'sidecar: orders-sidecar',
      'sidecar: orders-proxy',
      /"orders-proxy".*no such service/,
    ],
    ['an impossible port', '../../products/envoy/edge.yaml', 'port: 8443', 'port: 84430', /at most 65535.*found 84430/],
    [
      'another role',
      '../../products/envoy/edge.compose.yaml',
      '{ holdfast.role: edge }',
      '{ holdfast.role: sidecar }',
      /holdfast.role: edge, found the role sidecar/,
    ],
    [
      'a made-up role',
      '../../products/envoy/edge.compose.yaml',
      '{ holdfast.role: edge }',
      '{ holdfast.role: door }',
      /a role, found "door"/,
    ],
  ];
  for (const [name, path, from, to, message] of cases) {
    const file = join(folder, path);
    const text = readFileSync(file, 'utf8');
    t.not(text.replace(from, to), text, `${name}: the test changes the file`);
    writeFileSync(file, text.replace(from, to));
    t.throws(() => readStack(folder), { code: 'bad-input', message, hint: /./ }, name);
    writeFileSync(file, text);
  }
});

t.test('a stack has what its parts declare, and what follows from them', async (t) => {
  t.strictSame(readStack(folder).features, ['mutual-tls', 'sidecars', 'workload-identities']);
  const mesh = join(root, 'products/envoy/mesh.yaml');
  const text = readFileSync(mesh, 'utf8');
  const silent = text.replace(/^features: .*\n/m, '');
  t.not(silent, text);
  writeFileSync(mesh, silent);
  t.strictSame(readStack(folder).features, ['mutual-tls', 'sidecars'], 'what can be seen need not be declared');
  const wrong = (features: string, expected: object): void => {
    writeFileSync(mesh, `${silent}\nfeatures: [${features}]\n`);
    t.throws(() => readStack(folder), { code: 'bad-input', place: { file: mesh, line: Number }, ...expected });
  };
  wrong('mutal-tls', { message: /found "mutal-tls"/, hint: 'did you mean "mutual-tls"?' });
  wrong('sidecars', { message: /found "sidecars"/, hint: /leave it out: it follows from/ });
  writeFileSync(mesh, text);
});

t.test('what is expected of a stack is written as it is read', async (t) => {
  const expectation: Expectation = {
    measured: { run: 'r1', plan: 'quick', harness: '0.1.0', report: 'a'.repeat(64) },
    verdicts: { fail: ['E1'], pass: ['M1', 'M2'], unknown: [] },
  };
  const file = join(t.testdir(), 'expected.yaml');
  t.equal(readExpectation(file), null, 'nothing was measured');
  writeFileSync(file, expectationText(expectation));
  t.strictSame(readExpectation(file), expectation);
  writeFileSync(file, expectationText(expectation).replace('fail:', 'fails:'));
  t.throws(() => readExpectation(file), { code: 'bad-input', place: { file } });
});
