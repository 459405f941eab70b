import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { discoverAttacks, projectRoot } from '../../harness/declare/discover/index.ts';
import { readPolicy } from '../../harness/declare/policy/index.ts';
import { hopsOf, readStack } from '../../harness/declare/stack/index.ts';
import { exampleOf, exampleText } from './example.ts';

/**
 * Writes the two examples of an attack: node test/support/write-examples.ts ID… (without ids: of every attack). For an attack
 * whose weakness looks different, write them by hand: test/contract/examples.test.ts asks only how they end.
 */
const ids = new Set(process.argv.slice(2));
const stack = readStack(join(projectRoot, 'fixtures/stacks/envoy-envoy'));
const context = { stack, policy: readPolicy(stack.policy), hops: hopsOf(stack) };
for (const [id, { meta, attack, folder }] of await discoverAttacks()) {
  if (ids.size > 0 && !ids.has(id)) continue;
  mkdirSync(join(folder, 'examples'), { recursive: true });
  for (const ending of ['admitted', 'refused'] as const) {
    writeFileSync(
      join(folder, 'examples', `${ending}.ndjson`),
      exampleText(exampleOf(meta, attack.attempts(context), ending)),
    );
  }
}
