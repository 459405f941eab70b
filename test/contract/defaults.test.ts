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
const again = `measure again: npx holdfast run quick --stack '*-defaults', then npx holdfast expect, then ${command}`;

const attacks = [...discoverAttackMetas().values()].map(({ meta }) => meta);

t.ok(
  discoverStacks().some(({ defaults }) => defaults !== null),
  'products are measured as they ship',
);

for (const stack of discoverStacks()) {
  const { defaults } = stack;
  if (defaults === null) continue;
  t.test(`docs/defaults.md shows ${stack.id} as it was measured`, async (t) => {
    const { product, version, documentation, expected } = defaults;
    const section = page.split('\n## ').find((part) => part.startsWith(`${product} ${version}\n`)) ?? '';
    t.ok(expected !== null, `something is expected of it; ${again}`);
    const broke = attacks.filter(({ id }) => expected?.verdicts.fail.includes(id));
    t.equal(broke.length, expected?.verdicts.fail.length, 'what got through are attacks');
    const missing = broke.filter(({ id, clause }) => {
      const said = documentation[clause!];
      return (
        !section.includes(`<a id="${stack.id}-${id}"></a>`) || (said !== undefined && !section.includes(prose(said)))
      );
    });
    t.ok(section.includes(defaults.page), `it is there, with the page that it is from; ${again}`);
    t.strictSame(missing, [], `each attack that got through, with what the documentation says of it; ${again}`);
    t.notMatch(section, 'This run is not as expected', again);
    const unsaid = broke.filter(({ clause }) => documentation[clause!] === undefined).map(({ id }) => id);
    t.strictSame(unsaid, [], 'the documentation is quoted on everything that it leaves open');
    const stale = Object.keys(documentation).filter((clause) => broke.every((attack) => attack.clause !== clause));
    t.strictSame(stale, [], 'nothing is quoted that was not seen to be so');
  });
}
