import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import t from 'tap';
import { applyOverlay } from '../../../../harness/declare/overlay/index.ts';

const rendered = new Map([
  ['compose.yaml', 'services: {}\n'],
  ['orders/envoy.yaml', '# made by a compiler\n\ntls:\n  required: true\nlist:\n  - a\n  - b\n'],
]);

const overlay = (t: { teardown: (done: () => void) => void }, files: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-overlay-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
};

t.test('a file replaces its namesake, an equal one changes nothing', async (t) => {
  const { files, diff } = applyOverlay(
    rendered,
    overlay(t, { 'compose.yaml': 'services: {a: {}}\n', 'orders/envoy.yaml': rendered.get('orders/envoy.yaml')! }),
  );
  t.equal(files.get('compose.yaml'), 'services: {a: {}}\n');
  t.strictSame(
    diff.map(({ file }) => file),
    ['compose.yaml'],
  );
  t.match(diff[0]?.diff, /^-services: \{\}$/m);
});

t.test('a patch changes what it says, keeps the rest, and the diff shows it', async (t) => {
  const patch = '- {op: test, path: /list/1, value: b}\n- {op: replace, path: /tls/required, value: false}\n';
  const { files, diff } = applyOverlay(rendered, overlay(t, { 'orders/envoy.yaml.patch': patch }));
  t.equal(files.get('orders/envoy.yaml'), rendered.get('orders/envoy.yaml')!.replace('true', 'false'));
  t.match(diff[0]?.diff, '-  required: true\n+  required: false');
  t.equal(rendered.get('orders/envoy.yaml')!.includes('true'), true, 'the rendering itself is left alone');
});

t.test('a patch leaves a JSON file one', async (t) => {
  const before = new Map([['a.json', '{\n  "list": [\n    1\n  ]\n}\n']]);
  const { files } = applyOverlay(before, overlay(t, { 'a.json.patch': '- {op: add, path: /list/-, value: 2}\n' }));
  t.equal(files.get('a.json'), '{\n  "list": [\n    1,\n    2\n  ]\n}\n');
});

t.test('a unified diff changes any text', async (t) => {
  const diff = '--- a/x\n+++ b/x\n@@ -3,3 +3,3 @@\n tls:\n-  required: true\n+  required: false\n list:\n';
  const { files } = applyOverlay(rendered, overlay(t, { 'orders/envoy.yaml.diff': diff }));
  t.equal(files.get('orders/envoy.yaml'), rendered.get('orders/envoy.yaml')!.replace('true', 'false'));
  for (const [text, message] of [
    [diff.replace(' tls:', ' tsl:'), /lines that are not there/],
    [diff.replace('+  required: false', '+  required: true'), /after which it is the same/],
    ['', /a unified diff/],
    [diff + diff, /of orders\/envoy.yaml alone/],
    ['@@ nonsense @@', /a unified diff/],
  ] as const) {
    const folder = overlay(t, { 'orders/envoy.yaml.diff': text });
    t.throws(() => applyOverlay(rendered, folder), { code: 'bad-input', message, hint: /./, place: {} }, text);
  }
});

t.test('what cannot be meant is refused, with its place', async (t) => {
  const cases: [string, Record<string, string>, RegExp, number | undefined][] = [
    ['a path that is not there', { 'order/envoy.yaml': 'x' }, /found "order\/envoy.yaml"/, undefined],
    ['a patch of nothing', { 'order/envoy.yaml.patch': '[]' }, /found "order\/envoy.yaml.patch"/, undefined],
    [
      'a missing target',
      { 'orders/envoy.yaml.patch': '- {op: add, path: /x, value: 1}\n- {op: remove, path: /no/such}\n' },
      /remove \/no\/such: there is nothing/,
      2,
    ],
    ['a failing test', { 'orders/envoy.yaml.patch': '- {op: test, path: /list/0, value: b}\n' }, /another one/, 1],
    ['no change', { 'orders/envoy.yaml.patch': '- {op: replace, path: /list/0, value: a}\n' }, /the same/, 1],
    ['not an operation', { 'orders/envoy.yaml.patch': '- {op: remove, path: /list/0, valu: 1}\n' }, /found "valu"/, 1],
    ['no operation at all', { 'orders/envoy.yaml.patch': '[]\n' }, /at least 1 entry/, 1],
    [
      'an unknown operation',
      { 'orders/envoy.yaml.patch': '- {op: delete, path: /list/0}\n' },
      /expected one of "add".* for 0.op, found "delete"/,
      1,
    ],
  ];
  for (const [name, files, message, line] of cases) {
    t.throws(
      () => applyOverlay(rendered, overlay(t, files)),
      { code: 'bad-input', message, ...(line === undefined ? {} : { place: { line } }) },
      name,
    );
  }
  t.throws(() => applyOverlay(rendered, '/no/such/folder'), { code: 'bad-input' });
});
