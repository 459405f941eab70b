import { appendFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { startFollower } from '../../../../harness/execute/live/index.ts';
import type { LiveState } from '../../../../harness/execute/live/index.ts';
import { requestId } from '../../../../harness/execute/identity/index.ts';
import { discoverKinds } from '../../../../harness/kinds/index.ts';
import type { Schedule } from '../../../../harness/model/index.ts';

const run = 'r20260101-000000-abcdef';
const key = Buffer.from('key');
const segment = (phases: Schedule['main']['phases']): Schedule['main'] => ({
  phases,
  arrivals: [[0, 0, 0]],
  twins: [],
  operations: [],
  attempts: [[0, 0, 0, 1]],
});
const schedule = {
  version: 2,
  seed: 's',
  routes: [{ id: 'a', method: 'GET', path: '/', subject: 'u', claims: {}, crosses: ['storefront'] }],
  attacks: [{ id: 'E1', required: 1, forms: [{ evidence: 'witness' }] }],
  capacity: segment([{ id: 'capacity', startMs: 2000, endMs: 8000 }]),
  main: segment([{ id: 'spike', startMs: 0, endMs: 22_000 }]),
} as unknown as Schedule;

const kinds = await discoverKinds();

const start = (root: string) => {
  const states: LiveState[] = [];
  const said: string[] = [];
  const scratch = { root, journal: join(root, 'journal'), load: join(root, 'load') };
  const follower = startFollower({
    run,
    key,
    schedule,
    kinds,
    hops: [{ from: 'edge', to: 'storefront', port: 1 }],
    services: ['storefront'],
    timeoutMs: 2000,
    scratch,
    onLive: (state) => states.push(state),
    progress: (line) => said.push(line),
  });
  return { follower, states, said };
};
const folders = { agent: {}, journal: {}, load: { capacity: {}, main: {} } };
const until = async (true_: () => boolean): Promise<void> => {
  while (!true_()) await sleep(20);
};

t.test('reads along, segment after segment, and keeps what was admitted', async (t) => {
  const root = t.testdir(folders);
  const { follower, states, said } = start(root);
  const origin = (agoMs: number): bigint => process.hrtime.bigint() - BigInt(agoMs * 1e6);
  const arrivals = schedule.main.arrivals;
  writeFileSync(join(root, 'journal/storefront.ndjson'), '');
  const ramp = follower.follow({ name: 'capacity', arrivals, firstSeq: 5, originNs: origin(3000) });
  await until(() => states.length > 0);
  t.match(states[0], {
    phase: 'capacity',
    phaseMs: 6000,
    attempts: { scheduled: 2, due: 1, answered: 0, admitted: 0 },
  });
  t.ok(states[0]!.leftMs > 26_000 && states[0]!.leftMs <= 27_000, 'the main segment is still to come');
  writeFileSync(join(root, 'load/capacity/results.txt'), 'origin 1.000\n0 0.100 4.000 503\n');
  writeFileSync(join(root, 'agent/public-2.results'), '["attack",5,"1","2",200,null,"c",0]\n');
  appendFileSync(join(root, 'journal/storefront.ndjson'), `{"id":"${requestId(run, key, 'attack', 5)}"}\n`);
  await until(() => states.at(-1)!.attempts.admitted > 0);
  t.match(states.at(-1), { load: { failed: 1 }, attempts: { answered: 1, admitted: 1 } });
  await ramp.stop();
  const seen = states.length;
  const main = follower.follow({ name: 'main', arrivals, firstSeq: 6, originNs: origin(1000) });
  await until(() => states.length > seen);
  await main.stop();
  t.match(states.at(-1), { phase: 'spike', load: { failed: 0 }, attempts: { due: 2, answered: 1, admitted: 1 } });
  t.strictSame(said, []);
});

t.test('where it cannot read it says so once, and is silent from then on', async (t) => {
  const root = t.testdir(folders);
  symlinkSync(join(root, 'elsewhere'), join(root, 'journal/storefront.ndjson'));
  const { follower, states, said } = start(root);
  const arrivals = schedule.main.arrivals;
  for (const name of ['capacity', 'main'] as const) {
    const following = follower.follow({ name, arrivals, firstSeq: 0, originNs: process.hrtime.bigint() });
    await until(() => said.length > 0);
    await following.stop();
  }
  t.strictSame(states, []);
  t.match(said, [/^live progress ends here: .*ELOOP/]);
  t.equal(said.length, 1);
});

t.test('files that are not there yet are no reason to wait', async (t) => {
  const root = t.testdir({ agent: {} });
  mkdirSync(join(root, 'journal'));
  const { follower, states } = start(root);
  const following = follower.follow({ name: 'main', arrivals: [], firstSeq: 0, originNs: process.hrtime.bigint() });
  await until(() => states.length > 0);
  await following.stop();
  t.match(states[0], { load: { p99Ms: null } }, 'nothing is there yet');
});
