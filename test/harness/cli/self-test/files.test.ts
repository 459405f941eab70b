import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { projectRoot } from '../../../../harness/declare/discover/index.ts';
import { runFiles } from '../../../../harness/cli/self-test/index.ts';

const limits = { jobs: 2, timeoutSeconds: 30, graceMs: 1000 };

t.test('a file that fails, crashes, hangs, or tests nothing is a failure; a good one is counted', async (t) => {
  // Within the repository, so that tap is found.
  const folder = t.testdir({});
  mkdirSync(folder, { recursive: true });
  const tap = JSON.stringify(join(projectRoot, 'node_modules/tap/dist/esm/index.js'));
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), `import t from ${tap};\n${text}\n`);
    return join(folder, name);
  };
  const tally = async (timeoutSeconds: number, ...files: readonly (string | readonly string[])[]) => {
    const said: string[] = [];
    const counted = await runFiles(
      files.map((one) => (typeof one === 'string' ? [one] : one)),
      { ...limits, timeoutSeconds },
      (line) => said.push(line),
      new AbortController().signal,
    );
    return { ...counted, said: said.join('\n') };
  };
  const good = file(
    'good.ts',
    "t.pass('one'); t.test('two', async (t) => t.pass()); t.pass('three', { skip: 'not here' });",
  );
  const wrong = file('wrong.ts', "t.pass(); t.equal(1, 2, 'one is two');");
  t.match(await tally(30, good, wrong), { passed: 3, failed: 1, skipped: 1, said: /not ok 2 - one is two/ });
  t.match(await tally(30, good), {
    passed: 2,
    failed: 0,
    skipped: 1,
    said: /^skipped: three \(not here\)\nok .*good\.ts/m,
  });
  const none = file('none.ts', 'export {};');
  t.match(
    await tally(30, [good, wrong]),
    { passed: 3, failed: 1, skipped: 1, said: /one is two[^]*wrong\.ts/ },
    'or together',
  );
  t.match(await tally(30, [none, good]), { failed: 1, said: /expected tests in .*none\.ts, found none/ });
  t.match(await tally(30, file('crash.ts', 't.pass(); setTimeout(() => process.exit(3), 10);')), {
    failed: 1,
    said: /^not ok/m,
  });
  t.match(await tally(30, none), { passed: 0, failed: 1, said: /no tests were found/ });
  t.match(await tally(30, file('syntax.ts', 'const = 1;')), { passed: 0, failed: 1, said: /no tests were found/ });
  t.match(
    await tally(1, file('hang.ts', "t.test('for ever', () => new Promise(() => setInterval(() => {}, 1000)));")),
    {
      failed: /[1-9]/,
      said: /timeout!/,
    },
  );
});
