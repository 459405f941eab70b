import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import t from 'tap';
import { stringify } from 'yaml';
import { readPolicy } from '../../../../harness/declare/policy/index.ts';
import { arbitraryPolicy } from '../../policy/fixtures/arbitrary-policy.ts';

const shop = readFileSync(resolve(import.meta.dirname, '../../../../fixtures/apps/shop/policy.yaml'), 'utf8');
const members = ['edge', 'storefront', 'orders', 'payments'];
const folder = mkdtempSync(join(tmpdir(), 'holdfast-policy-'));
t.teardown(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'policy.yaml');

t.test('reads the shop', async (t) => {
  writeFileSync(file, shop);
  t.match(readPolicy(file, members), { id: 'shop', rules: [{ id: 'browse-catalogue' }], calls: { length: 3 } });
});

t.test('reads back whatever policy it is given', async (t) => {
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(arbitraryPolicy(members), (policy) => {
        writeFileSync(file, stringify(policy));
        return isDeepStrictEqual(readPolicy(file, members), JSON.parse(JSON.stringify(policy)));
      }),
      { numRuns: 30 },
    ),
  );
});

t.test('each mistake is found in its line', async (t) => {
  const cases: [string, string, string, RegExp][] = [
    ['unknown role', 'who: [finance]', 'who: [finanse]', /role of this policy, found "finanse"/],
    ['unknown service', 'to: payments', 'to: paymets', /service of the stack, found "paymets"/],
    ['the same id twice', 'id: refund', 'id: checkout', /"checkout" again/],
    ['the same call twice', 'from: orders\n    to: payments', 'from: storefront\n    to: orders', /found a second/],
    ['a call to itself', 'from: orders\n    to: payments', 'from: orders\n    to: orders', /calling itself/],
    ['a negative rate', 'requestsPerSecond: 5000', 'requestsPerSecond: -5', /more than 0.*found -5/],
    ['an unknown key', 'audience: shop', 'audiences: shop', /found "audiences"/],
    ['a path without a slash', '[/refunds/**]', '[refunds/**]', /a path such as/],
    ['a path with dots', '[/refunds/**]', '[/refunds/../x]', /a path such as/],
    ['an escaped path', '[/refunds/**]', '[/refunds/%2e]', /a path such as/],
    ['stars in the middle', '[/refunds/**]', '[/refunds/**/x]', /a path such as/],
    ['half a segment', "'/checkout/{sub}'", "'/checkout/x{sub}'", /a path such as/],
    ['a made-up method', 'methods: [GET]', 'methods: [FETCH]', /one of "GET"/],
    ['an old TLS', "minimum: '1.3'", "minimum: '1.1'", /one of "1.2", "1.3"/],
    ['no methods', 'methods: [GET]', 'methods: []', /at least 1 entry/],
  ];
  for (const [name, from, to, message] of cases) {
    const text = shop.replace(from, to);
    t.not(text, shop, `${name}: the test changes the file`);
    writeFileSync(file, text);
    const wrong = to.split('\n')[0]!;
    const line = shop.slice(0, shop.indexOf(from)).split('\n').length;
    t.throws(() => readPolicy(file, members), { code: 'bad-input', message, hint: /./, place: { file } }, name);
    try {
      readPolicy(file, members);
    } catch (error) {
      const found = (error as { place: { line: number } }).place.line;
      t.ok(found >= line && found < line + 2 + to.split('\n').length, `${name}: line ${found} for ${wrong}`);
    }
  }
});
