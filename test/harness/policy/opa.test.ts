import { resolve } from 'node:path';
import t from 'tap';
import { readPolicy } from '../../../harness/declare/policy/index.ts';
import { authorizer, authorizerFiles } from '../../../harness/policy/opa/index.ts';

const shop = readPolicy(resolve(import.meta.dirname, '../../../fixtures/apps/shop/policy.yaml'));
const policy = (change: Partial<typeof shop> = {}): string =>
  authorizerFiles({ ...shop, ...change }).get('authorizer/policy.rego')!;

t.test('a token is verified whole', async (t) => {
  const text = policy();
  t.match(text, /io\.jwt\.decode_verify\(token, \{/);
  for (const line of ['"alg": "ES256"', '"iss": "https://issuer.holdfast.test"', '"aud": "shop"'])
    t.match(text, line, line);
  t.match(text, 'is_number(verified.exp)', 'OPA itself asks for no expiry');
  t.match(text, 'verified["token_use"] == "access"');
});

t.test('each path of each rule is a way to be granted it, and no other is', async (t) => {
  const text = policy();
  for (const { id, paths } of shop.rules)
    t.equal(text.split(`granted contains "${id}" if {`).length - 1, paths.length, id);
  t.match(text, 'path == "/catalogue"');
  t.match(text, 'below("/catalogue/")');
  t.match(text, 'path == concat("", ["/checkout/", claims.sub])');
  t.match(text, 'below(concat("", ["/orders/", claims.sub, "/"]))', 'a whole segment, and something below it');
  t.match(policy({ rules: [] }), 'granted := set()', 'without a rule nothing is granted');
});

t.test('no text of a policy ends the string that it stands in', async (t) => {
  const roles = { odd: { claim: 'role', equals: 'a"} or true\n' } };
  const rules = [{ id: 'r', who: ['odd'], methods: ['GET'], paths: ['/a'] }];
  t.match(policy({ roles, rules }), String.raw`claims["role"] == "a\"} or true\n"`);
});

t.test('it listens to its loopback alone, where the edges ask', async (t) => {
  const config = authorizerFiles(shop).get('authorizer/config.yaml')!;
  t.match(config, `address: ${authorizer.address}:${authorizer.port}`);
  t.match(authorizer.address, /^127\./);
});
