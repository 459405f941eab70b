import { join } from 'node:path';
import t, { type Test } from 'tap';
import { startClock } from '../../harness/execute/clock/index.ts';
import { docker } from '../../harness/execute/engine/index.ts';
import { readRequestId, requestId } from '../../harness/execute/identity/index.ts';
import { startInterceptors } from '../../harness/kinds/actions/intercept/interceptors.ts';
import { packetClasses } from '../../harness/kinds/observers/tap/record.ts';
import { startPlanter } from '../../harness/kinds/actions/plant/planter.ts';
import type { Operation } from '../../harness/model/index.ts';
import { analyseFiles } from '../../harness/kinds/observers/tap/analyse/index.ts';
import { startTaps } from '../../harness/kinds/observers/tap/taps.ts';
import { stack, startPair, type Way } from './fixtures/pair.ts';

const hop = { from: 'storefront', to: 'orders', port: 15_443 };
const key = 'key';
type Pair = Awaited<ReturnType<typeof startPair>>;

/** Brings the pair up, taps it, sends requests, plants one, and analyses what was captured. */
const tapped = async (t: Test, way: Way, permissive: boolean, disturb?: (pair: Pair) => Promise<readonly string[]>) => {
  const pair = await startPair({ permissive });
  t.teardown(pair.stop);
  const clock = startClock();
  const taps = await startTaps({
    docker: docker(),
    run: pair.run,
    project: pair.run,
    stack,
    network: pair.network,
    hops: [hop],
    images: { toolbox: pair.image('toolbox') },
    scratch: join(pair.scratch, 'tap'),
  });
  const planter = await startPlanter({
    docker: docker(),
    run: pair.run,
    network: pair.network,
    image: pair.image('workload'),
  });
  await pair.ready(way);
  for (let seq = 0; seq < 50; seq += 1) await pair.send(way, requestId(pair.run, key, 'legit', seq));
  const disturbed = await disturb?.(pair);
  const plant = await planter.plant(hop, requestId(pair.run, key, 'canary', 7));
  await planter.stop();
  const files = await taps.stop();
  const found = await analyseFiles(files, {
    originWallMs: clock.wallOriginMs,
    phases: [{ id: 'rest', startMs: 0, endMs: 600_000 }],
    harnessAddresses: [planter.address, ...(disturbed ?? [])],
    names: taps.names,
    identify: (text) => readRequestId(pair.run, key, text),
  });
  const [rest] = found.taps.filter(({ link, phase }) => link === 'storefront→orders' && phase === 'rest');
  return { plant, files, found, packets: rest!.packets, connections: rest!.connections, clock };
};

t.setTimeout(120_000);

t.test('a link with mutual TLS has no packet in clear, and the planted one is found', async (t) => {
  const { plant, files, found, packets, connections, clock } = await tapped(t, 'sound', false);
  t.equal(plant.error, null);
  t.equal(packets.cleartext, 0);
  t.equal(packets.unclassified, 0);
  t.ok(packets['tls-data'] >= 100, 'requests and answers were seen');
  t.ok(packets['tls-handshake'] >= 2);
  t.equal(packets.planted, 1);
  t.ok(connections >= 2);
  t.same(found.losses, []);
  t.match(found.cleartext, [
    { seq: 7, data: { planted: true, destination: 'orders:15443', excerpt: /^GET \/planted/ } },
  ]);
  const plantedMs = Number(plant.atNs - clock.monotonicOriginNs) / 1e6;
  t.ok(Math.abs(found.cleartext[0]!.atMs! - plantedMs) < 50, 'capture and planter agree on the time');
  const counted = found.taps.reduce((sum, tap) => sum + packetClasses.reduce((n, id) => n + tap.packets[id], 0), 0);
  t.equal(
    counted,
    files.reduce((sum, file) => sum + file.captured!, 0),
    'every captured packet is classified',
  );
});

t.test('a link without TLS is found, packet by packet', async (t) => {
  for (const way of ['clear', 'clear2'] as const) {
    const { found, packets } = await tapped(t, way, true);
    t.ok(packets.cleartext >= 100, `${way}: requests and answers`);
    t.equal(packets['tls-data'], 0);
    const members = found.cleartext.filter(({ data }) => data['planted'] === false);
    t.match(members[0], { data: { source: /^(storefront|orders):/ } });
    if (way === 'clear')
      t.ok(
        members.some(({ seq }) => seq === 3),
        'with the identity of a request',
      );
  }
});

t.test('a hop that is taken over and given back under load leaves nothing unclassified', async (t) => {
  const modes = ['own-ca', 'tamper'] as const;
  const { found, packets } = await tapped(t, 'sound', false, async (pair) => {
    const operations = modes.map((mode, form): Operation => ({
      kind: 'intercept',
      attack: 0,
      form,
      startMs: 0,
      endMs: 1,
      op: { hop, interceptor: { kind: 'mitmproxy', mode } },
    }));
    const interceptors = await startInterceptors({
      docker: docker(),
      run: pair.run,
      project: pair.run,
      stack,
      network: pair.network,
      images: {
        mitmproxy: pair.image('mitmproxy'),
        workload: pair.image('workload'),
        toolbox: pair.image('toolbox'),
      },
      scratch: join(pair.scratch, 'mitm'),
      operations,
      certificates: pair.authority.certificate,
    });
    const over = new AbortController();
    const load = Array.from({ length: 8 }, async () => {
      while (!over.signal.aborted) await pair.send('sound', 'load').catch(() => 0);
    });
    for (const form of [0, 1, 0, 1]) {
      await interceptors.open(operations[form]!);
      await new Promise((resolve) => setTimeout(resolve, 300));
      await interceptors.close(operations[form]!);
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    over.abort();
    await Promise.all(load);
    await interceptors.stop();
    return interceptors.addresses;
  });
  t.equal(packets.cleartext, 0);
  t.equal(packets.unclassified, 0);
  t.ok(packets['tls-data'] > 1000);
  t.same(found.losses, []);
  t.comment(JSON.stringify(packets));
});
