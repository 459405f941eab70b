import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import t from 'tap';
import { discoverAttackMetas } from '../../harness/declare/discover/index.ts';
import { discoverStacks } from '../../harness/declare/stack/index.ts';
import { command } from '../../reports/matrix/defaults/index.ts';
import { prose } from '../../reports/matrix/defaults/prose.ts';

const root = resolve(import.meta.dirname, '../..');
const file = resolve(root, 'docs/defaults.md');
const page = existsSync(file) ? readFileSync(file, 'utf8') : '';
const again = `measure again: npx holdfast run quick --stack '*-defaults', then ${command}`;

const attacks = discoverAttackMetas();

t.ok(
  discoverStacks().some(({ defaults }) => defaults !== null),
  'products are measured as they ship',
);

for (const stack of discoverStacks()) {
  const { defaults } = stack;
  if (defaults === null) continue;
  t.test(`docs/defaults.md shows ${stack.id} as it was measured`, async (t) => {
    const heading = `${defaults.product} ${defaults.version}\n`;
    const section = page.split('\n## ').find((part) => part.startsWith(heading)) ?? '';
    const missing = Object.entries(defaults.admits)
      .filter(([id, said]) => !section.includes(`<a id="${stack.id}-${id}"></a>`) || !section.includes(prose(said)))
      .map(([id]) => id);
    t.ok(section.includes(defaults.page), `it is there, with the page that it is from; ${again}`);
    t.strictSame(missing, [], `each attack that it admits got through, with what the stack says of it; ${again}`);
    t.notMatch(section, 'This run is not as expected', again);
    t.strictSame(
      Object.keys(defaults.admits).filter((id) => !attacks.has(id)),
      [],
      'what it admits are attacks',
    );
  });
}
