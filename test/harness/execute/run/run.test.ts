import { existsSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import t from 'tap';
import { newRunId } from '../../../../harness/execute/run/index.ts';
import { createScratch } from '../../../../harness/execute/run/scratch.ts';

t.test('ids sort by time and can name a compose project', async (t) => {
  const ids = ['2026-11-24T05:50:00.999Z', '2026-11-24T05:50:01.000Z', '2027-01-02T03:04:05Z'].map((at) =>
    newRunId(new Date(at)),
  );
  t.match(ids[0], /^r20261124-055000-[0-9a-f]{6}$/);
  t.strictSame(ids.toSorted(), ids);
  t.ok(
    ids.every((one) => /^[a-z0-9][a-z0-9_-]*$/.test(one)),
    'docker compose takes no other characters',
  );
  const now = new Date();
  t.equal(new Set(Array.from({ length: 100 }, () => newRunId(now))).size, 100);
});

t.test("a scratch folder is its owner's alone, carries the run's id, and goes with all that is in it", async (t) => {
  const run = newRunId(new Date());
  const scratch = createScratch(run);
  t.teardown(scratch.remove);
  t.equal(statSync(scratch.root).mode & 0o777, 0o700);
  t.match(basename(scratch.root), new RegExp(`^holdfast-${run}\\.[A-Za-z0-9]{6}$`), 'clean finds it by this name');
  writeFileSync(join(scratch.secrets, 'key.pem'), 'not a key', { mode: 0o400 });
  scratch.remove();
  t.notOk(existsSync(scratch.root));
  scratch.remove();
});
