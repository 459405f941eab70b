import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { digestFolders, digestHarness, digestOf, sha256 } from '../../../../harness/declare/run/index.ts';

const files = fc.uniqueArray(fc.tuple(fc.string(), fc.string()), {
  minLength: 1,
  maxLength: 6,
  selector: ([name]) => name,
});

t.test('one digest over named contents: of every name and every byte, not of their order', async (t) => {
  t.equal(sha256('abc'), createHash('sha256').update('abc').digest('hex'));
  fc.assert(
    fc.property(files, fc.nat(), fc.string({ minLength: 1 }), (entries, at, more) => {
      const digest = digestOf(new Map(entries));
      const [name, content] = entries[at % entries.length]!;
      const others = entries.filter(([other]) => other !== name);
      return (
        digest === digestOf(new Map(entries.toReversed())) &&
        digest !== digestOf(new Map([...others, [name, content + more]])) &&
        digest !== digestOf(new Map(others)) &&
        (entries.some(([other]) => other === name + more) ||
          digest !== digestOf(new Map([...others, [name + more, content]])))
      );
    }),
  );
  t.equal(digestOf(new Map([['a', 'x']])), digestOf(new Map([['a', Buffer.from('x')]])), 'text or bytes');
});

t.test(
  'the digest of folders is the same from wherever they are read, and changes with a file anywhere below',
  async (t) => {
    const make = (root: string, names: readonly string[]): string => {
      for (const name of names) {
        mkdirSync(join(root, name, '..'), { recursive: true });
        writeFileSync(join(root, name), `of ${name}`);
      }
      return root;
    };
    const names = ['a/1.ts', 'a/deep/er/2.ts', 'b/3.ts'];
    const folder = t.testdir();
    const here = make(join(folder, 'here'), names);
    const there = make(join(folder, 'there'), names.toReversed());
    const digest = digestFolders(here, ['a', 'b']);
    t.equal(digest, digestFolders(there, ['b', 'a']));
    make(there, ['elsewhere/4.ts']);
    t.equal(digest, digestFolders(there, ['a', 'b']), 'what is beside them does not matter');
    make(there, ['a/deep/er/5.ts']);
    t.not(digest, digestFolders(there, ['a', 'b']));
    t.equal(
      digest,
      digestFolders(there, ['a', 'b'], (path) => path === 'a/deep/er/5.ts'),
    );
  },
);

t.test('the digest of the harness is of each product as well, but not of its sabotages', async (t) => {
  const root = t.testdir();
  const write = (name: string): void => {
    mkdirSync(join(root, name, '..'), { recursive: true });
    writeFileSync(join(root, name), `of ${name}`);
  };
  const some = ['harness/a.ts', 'scenarios/k6/a.ts', 'fixtures/apps/a.ts', 'fixtures/images/base/image.yaml'];
  for (const name of [...some, 'fixtures/products/one/compile/edge/index.ts']) write(name);
  let last = digestHarness(root);
  for (const name of ['log.ts', 'compile/edge/b.ts', 'image/image.yaml', 'edge.yaml']) {
    write(`fixtures/products/one/${name}`);
    t.not(digestHarness(root), last, name);
    last = digestHarness(root);
  }
  write('fixtures/products/one/sabotage/weak/overlay/edge.yaml');
  t.equal(digestHarness(root), last);
});
