import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { discoverAttacks } from '../../harness/declare/discover/index.ts';
import { diamond } from './diamond.ts';
import { exampleOf, exampleText } from './example.ts';

/**
 * Writes the two examples of an attack: node test/support/write-examples.ts ID… (without ids: of every attack). For an attack
 * whose weakness looks different, write them by hand: test/contract/examples.test.ts asks only how they end.
 */
const ids = new Set(process.argv.slice(2));
for (const [id, { meta, attack, folder }] of await discoverAttacks()) {
  if (ids.size > 0 && !ids.has(id)) continue;
  mkdirSync(join(folder, 'examples'), { recursive: true });
  for (const ending of ['admitted', 'refused'] as const) {
    writeFileSync(
      join(folder, 'examples', `${ending}.ndjson`),
      exampleText(exampleOf(meta, attack.attempts(diamond), ending, diamond)),
    );
  }
}
