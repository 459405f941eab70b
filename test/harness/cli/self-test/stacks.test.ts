import t from 'tap';
import { runStackTests } from '../../../../harness/cli/self-test/index.ts';
import type { RunFile } from '../../../../harness/cli/self-test/stacks.ts';

t.test('when the time is up the rest is not run, and counts as failed', async (t) => {
  let now = 0;
  const ran: (readonly unknown[])[] = [];
  const run: RunFile = async (file, timeoutSeconds) => {
    ran.push([file, timeoutSeconds]);
    now += 1_000_000;
    return { passed: 3, failed: 0, skipped: 1 };
  };
  const said: string[] = [];
  const tally = await runStackTests(
    ['a.test.ts', 'b.test.ts', 'c.test.ts', 'd.test.ts'],
    () => 1_700_000 - now,
    (line) => said.push(line),
    new AbortController().signal,
    run,
  );
  t.strictSame(
    ran,
    [
      ['a.test.ts', 1200],
      ['b.test.ts', 700],
    ],
    'no file gets more time than is left',
  );
  t.strictSame(tally, { passed: 6, failed: 2, skipped: 2 });
  t.match(said, [/^not ok c\.test\.ts: not run/, /^not ok d\.test\.ts: not run/]);
});
