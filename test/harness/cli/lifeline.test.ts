import t from 'tap';
import { ancestorsToNpm, readProcess } from '../../../harness/cli/lifeline.ts';
import type { ReadProcess } from '../../../harness/cli/lifeline.ts';

/** A process table from rows of [pid, parent, command]. */
const table =
  (...rows: readonly (readonly [number, number, string])[]): ReadProcess =>
  (pid) => {
    const row = rows.find(([one]) => one === pid);
    return row === undefined ? null : { parent: row[1], startedAt: `t${pid}`, command: row[2] };
  };

t.test('under npm, everything up to npm is watched, and nothing above', async (t) => {
  const read = table(
    [50, 40, 'node main.ts'],
    [40, 30, 'node harness/cli/holdfast.mjs run'],
    [30, 20, 'sh -c node harness/cli/holdfast.mjs run'],
    [20, 10, 'npm start'],
    [10, 1, '-bash'],
  );
  t.same(
    ancestorsToNpm(50, read).map(({ pid }) => pid),
    [40, 30, 20],
  );
});

t.test('npm is known by its title and by its script', async (t) => {
  for (const command of [
    'npm exec holdfast run',
    'node /usr/lib/node_modules/npm/bin/npm-cli.js start',
    '/usr/bin/node /usr/bin/npx holdfast',
  ])
    t.equal(ancestorsToNpm(50, table([50, 40, 'node main.ts'], [40, 1, command])).length, 1, command);
});

t.test('without npm above, nothing is watched: the shell that put a run into the background may exit', async (t) => {
  t.same(
    ancestorsToNpm(
      50,
      table([50, 40, 'node main.ts'], [40, 10, 'node holdfast.mjs run'], [10, 1, 'bash npm-notes.sh']),
    ),
    [],
  );
  t.same(ancestorsToNpm(50, table([50, 1, 'node main.ts'])), []);
  t.same(ancestorsToNpm(50, table([50, 49, 'node main.ts'])), [], 'an ancestor that is gone already');
});

t.test('reads this process from /proc', async (t) => {
  const found = readProcess(process.pid);
  t.equal(found?.parent, process.ppid);
  t.match(found?.startedAt, /^\d+$/);
  t.equal(readProcess(2 ** 22 + 1), null);
});
