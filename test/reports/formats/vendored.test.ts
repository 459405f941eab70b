import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';

const folder = join(import.meta.dirname, '../../support/schemas');

t.test('the schemas and parsers of others are as they were published, each with its row', async (t) => {
  const rows = [
    ...readFileSync(join(folder, 'README.md'), 'utf8').matchAll(/^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$/gm),
  ];
  const named = new Map(rows.map(([, file = '', digest = '']) => [file, digest]));
  const files = readdirSync(folder).filter((name) => name !== 'README.md' && !name.endsWith('.ts'));
  t.strictSame(files.toSorted(), [...named.keys()].toSorted());
  for (const file of files)
    t.equal(
      createHash('sha256')
        .update(readFileSync(join(folder, file)))
        .digest('hex'),
      named.get(file),
      file,
    );
});
