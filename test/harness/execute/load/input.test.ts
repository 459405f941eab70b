import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { longestMs, writeInput } from '../../../../harness/execute/load/input.ts';
import { withOverrides } from '../../../../harness/execute/load/overrides.ts';
import type { Arrival, RouteSlot } from '../../../../harness/model/index.ts';

const route: RouteSlot = {
  id: 'catalogue',
  method: 'GET',
  path: '/catalogue',
  subject: 'customer-1',
  claims: {},
  crosses: [],
};
const arrivals: readonly Arrival[] = [
  [1.5, 0.1, 0],
  [20, 0.2, 0],
];

t.test('writes one line for each arrival, tokens for this user only, and never more users than arrivals', async (t) => {
  const scratch = mkdtempSync(join(tmpdir(), 'holdfast-load-'));
  t.teardown(() => rmSync(scratch, { recursive: true, force: true }));
  const folder = join(scratch, 'main');
  await writeInput(folder, {
    arrivals,
    routes: [route],
    tokens: ({ subject }) => `token-of-${subject}`,
    requestIds: (seq) => `run.legit.${seq}`,
    firstSeq: 7,
    url: 'https://shop.holdfast.test:8443',
    timeoutMs: 2000,
    virtualUsers: 300,
  });
  t.equal(readFileSync(join(folder, 'arrivals.txt'), 'utf8'), '1.5 0 run.legit.7\n20 0 run.legit.8\n');
  const settings = JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8'));
  t.match(settings, {
    virtualUsers: 2,
    arrivals: 2,
    routes: [{ method: 'GET', path: '/catalogue', token: 'token-of-customer-1' }],
  });
  t.equal(statSync(join(folder, 'settings.json')).mode & 0o077, 0);
  t.ok(longestMs({ arrivals, timeoutMs: 2000 }) >= 20 + 2 * 2000);
});

t.test('the environment can starve the generator, and only with a number', async (t) => {
  const given = { virtualUsers: 300, cpuLimit: undefined };
  t.strictSame(withOverrides(given, {}), given);
  t.strictSame(withOverrides(given, { HOLDFAST_LOAD_USERS: '3', HOLDFAST_LOAD_CPUS: '0.1' }), {
    virtualUsers: 3,
    cpuLimit: 0.1,
  });
  for (const wrong of ['few', '0', '-1'])
    t.throws(() => withOverrides(given, { HOLDFAST_LOAD_USERS: wrong }), { code: 'usage' });
});
