import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { findHeld, forgetHeld, markHeld } from '../../../../harness/execute/engine/index.ts';

const run = 'r20261124-120000-abcdef';
const since = '2026-11-24T12:00:00.000Z';

t.test('a mark in its scratch folder says that a run is held, and goes with the folder', async (t) => {
  const folder = t.testdir();
  const scratch = join(folder, `holdfast-${run}.Ab12Cd`);
  mkdirSync(join(scratch, 'secrets'), { recursive: true });
  writeFileSync(join(scratch, 'secrets/key.pem'), '');
  t.strictSame(findHeld(folder), [], 'a run under way is not held');
  markHeld(scratch, { run, stack: 'envoy-envoy', since });
  t.strictSame(findHeld(folder), [{ run, stack: 'envoy-envoy', since, scratch }]);
  forgetHeld('r20261124-120000-other', folder);
  t.equal(findHeld(folder).length, 1);
  forgetHeld(run, folder);
  t.notOk(existsSync(scratch), 'its keys are gone with it');
  t.strictSame(findHeld(folder), []);
});

t.test("a mark that is none, or another run's, holds nothing", async (t) => {
  const mark = JSON.stringify({ run: 'r20261124-120000-other', stack: 'x', since });
  const folder = t.testdir({
    [`holdfast-${run}.Ab12Cd`]: { 'held.json': mark },
    'holdfast-r20261124-120001-abcdef.Ab12Cd': { 'held.json': '{' },
    'holdfast-build-x.Ab12Cd': { 'held.json': mark },
    other: { 'held.json': mark },
  });
  t.strictSame(findHeld(folder), []);
});
