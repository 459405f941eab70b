import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import t from 'tap';
import { discoverAttacks, projectRoot } from '../../../../harness/declare/discover/index.ts';
import { readPolicy } from '../../../../harness/declare/policy/index.ts';
import { hopsOf, readStack } from '../../../../harness/declare/stack/index.ts';
import { loadSenders } from '../../../../harness/execute/attack/agent/senders.ts';
import type { SenderAgent } from '../../../../harness/execute/attack/agent/exchange.ts';
import { discoverKinds } from '../../../../harness/kinds/index.ts';
import { senderOf } from '../../../../harness/model/index.ts';
import { endpoints } from '../../../support/products.ts';

/** What every sender must be, whatever it sends: each folder is discovered. */
const folder = join(projectRoot, 'harness/kinds/senders');
const kinds = await discoverKinds();
const agents = await loadSenders();

/** What a file imports when it runs: types are erased. */
const importsOf = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^(?:import|export)\s+(?!type\b)[^;]*?from '([^']+)';/gm)].map(
    ([, name]) => name!,
  );

/** Imports of a file and of all that it loads which are neither built in nor files. */
const foreign = (file: string, seen = new Set<string>()): readonly string[] => {
  if (seen.has(file)) return [];
  seen.add(file);
  return importsOf(file).flatMap((name) => {
    if (name.startsWith('.')) return foreign(resolve(dirname(file), name), seen);
    return isBuiltin(name) ? [] : [`${file}: ${name}`];
  });
};

t.test('the attacker’s container has Node alone: no agent loads a package', async (t) => {
  t.same(foreign(join(projectRoot, 'harness/execute/attack/agent/main.ts')), []);
  for (const id of kinds.senders.keys()) t.same(foreign(join(folder, id, 'agent.ts')), [], id);
  t.not(foreign(join(folder, 'http1/recipe.ts')).length, 0, 'a package would be found');
});

for (const { id, transports } of kinds.senders.values())
  t.test(id, async (t) => {
    t.ok(existsSync(join(folder, id, 'README.md')), 'it says what it sends');
    const { agent } = (await import(join(folder, id, 'agent.ts'))) as { readonly agent: SenderAgent };
    t.same(agent.transports, transports, 'what can be asked for is what is sent');
    for (const transport of transports) t.equal(agents.get(transport), agent, transport);
  });

t.test('a transport has one sender, and every sender is used', async (t) => {
  const transports = [...kinds.senders.values()].flatMap((sender) => sender.transports);
  t.same([...agents.keys()].toSorted(), transports.toSorted());
  t.equal(new Set(transports).size, transports.length);
});

t.test('every form of every attack is what its sender sends', async (t) => {
  const used = new Set<string>();
  const stack = readStack(join(projectRoot, 'fixtures/stacks/envoy-envoy'));
  const context = { stack, policy: readPolicy(stack.policy), hops: hopsOf(stack), endpoints };
  for (const { meta, attack } of (await discoverAttacks()).values())
    for (const { send, twin, variant } of attack.attempts(context)) {
      for (const one of twin.kind === 'request' ? [send, twin.send] : [send]) {
        used.add(one.transport);
        const sender = senderOf(kinds, one.transport);
        const read = sender.recipe.safeParse(one);
        if (!read.success) t.fail(`${meta.id} ${variant}: ${read.error.message}`);
        if (sender.isRequest(one) === (one.hello !== undefined)) t.fail(`${meta.id} ${variant}: a request?`);
      }
    }
  t.same([...used].toSorted(), [...agents.keys()].toSorted(), 'every transport is sent');
});
