import { join } from 'node:path';
import t from 'tap';
import { projectRoot } from '../../../../../harness/declare/discover/index.ts';
import { routesOf } from '../../../../../harness/declare/forms/index.ts';
import { reloadPair } from '../../../../../harness/kinds/actions/reload/pair.ts';
import { readPolicy } from '../../../../../harness/declare/policy/index.ts';
import { readStack } from '../../../../../harness/declare/stack/index.ts';
import { decisionsAlong } from '../../../../../harness/policy/decide/index.ts';

const stack = readStack(join(projectRoot, 'fixtures/stacks/haproxy-envoy'));
const policy = readPolicy(stack.policy);

t.test('the two policies differ by the probe, and by nothing that the traffic needs', async (t) => {
  const { other, probe } = reloadPair({ stack, policy });
  const allowed = (one: typeof policy, { method, path, role }: { method: string; path: string; role: string }) => {
    const { claim, equals } = one.roles[role]!;
    const token = { subject: 'mallory', claims: { [claim]: equals } };
    const http = { method, path, headers: [], token };
    return decisionsAlong(one, stack, { to: 'edge', port: 8443, transport: 'tls', freshShare: 1, http })[0]!.allow;
  };
  t.equal(allowed(policy, probe), true);
  t.equal(allowed(other, probe), false);
  for (const route of routesOf({ stack, policy })) t.equal(allowed(other, route), true, route.id);
});

t.test('a policy of which nothing can be spared is refused', async (t) => {
  const rules = policy.rules.map((rule) => ({ ...rule, paths: rule.paths.filter((path) => path !== '/catalogue/**') }));
  t.throws(() => reloadPair({ stack, policy: { ...policy, rules } }), { code: 'bad-input', hint: /leave reloads/ });
});
