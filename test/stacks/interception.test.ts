import t from 'tap';
import { docker } from '../../harness/execute/engine/index.ts';
import { requestId } from '../../harness/execute/identity/index.ts';
import { findTarget, runWindows, startInterceptors } from '../../harness/execute/mitm/index.ts';
import type { Interception, ScheduledAttack, Segment } from '../../harness/model/index.ts';
import { join } from 'node:path';
import { stack, startPair, type Way } from './fixtures/pair.ts';

const hop = { from: 'storefront', to: 'orders', port: 15_443 };
const interceptors: Readonly<Record<string, Interception['interceptor']>> = {
  'wrong-ca': { kind: 'impostor', certificate: { service: 'orders', alter: 'wrong-ca' } },
  'another-service': { kind: 'impostor', certificate: { service: 'payments' } },
  'own-ca': { kind: 'mitmproxy', mode: 'own-ca' },
  'stolen-certificate': { kind: 'mitmproxy', mode: 'stolen-certificate', stolenFrom: 'payments' },
  tamper: { kind: 'mitmproxy', mode: 'tamper' },
};
const variants = Object.keys(interceptors);
const lengthMs = 700;
const gapMs = 250;

const attacks: ScheduledAttack[] = [
  {
    id: 'M16',
    required: 1,
    forms: Object.values(interceptors).map((interceptor, index) => ({
      variant: variants[index]!,
      target: 'storefront→orders',
      vantage: 'on-path',
      send: {
        to: 'edge',
        port: 8443,
        transport: 'tls',
        freshShare: 0,
        http: { method: 'GET', path: '/orders', headers: [] },
      },
      twin: { kind: 'traffic', route: 'orders' },
      evidence: 'interceptor',
      interception: { hop, interceptor },
    })),
  },
];
const windowsOf = (): Segment['windows'] =>
  variants.map((_, form) => ({
    attack: 0,
    form,
    startMs: 300 + form * (lengthMs + gapMs),
    endMs: 300 + form * (lengthMs + gapMs) + lengthMs,
  }));

t.setTimeout(180_000);
t.test('taking over a hop', { timeout: 180_000 }, async (t) => {
  const pair = await startPair();
  t.teardown(pair.stop);
  await pair.ready('sound');
  const scope = { docker: docker(), run: pair.run, project: pair.run, stack, network: pair.network };
  const taken = await startInterceptors({
    ...scope,
    images: { mitmproxy: pair.image('mitmproxy'), workload: pair.image('workload'), toolbox: pair.image('toolbox') },
    scratch: join(pair.scratch, 'mitm'),
    attacks,
    certificates: pair.authority.certificate,
  });
  t.teardown(taken.stop);
  let seq = 0;

  /** Opens every window in turn, and sends requests all the while. */
  const play = async (way: Way) => {
    const segment = { phases: [], arrivals: [], twins: [], attempts: [], windows: windowsOf() };
    const before = taken.events().length;
    const sent: { id: string; atNs: bigint; doneNs: bigint; status: number }[] = [];
    const over = new AbortController();
    const sending = (async () => {
      while (!over.signal.aborted) {
        const id = requestId(pair.run, 'key', 'attack', (seq += 1));
        const atNs = process.hrtime.bigint();
        const status = await pair.send(way, id).catch(() => 0);
        sent.push({ id, atNs, doneNs: process.hrtime.bigint(), status });
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    })();
    const played = await runWindows({
      interceptors: taken,
      segment,
      attacks,
      originNs: process.hrtime.bigint(),
      signal: AbortSignal.timeout(60_000),
    });
    over.abort();
    await sending;
    const witnessed = new Set(await pair.witnessed());
    return played.windows.map((window) => {
      const within = sent.filter(({ atNs, doneNs }) => atNs >= window.startNs && doneNs <= window.endNs);
      const events = played.events.filter((event) => event.window === window.window);
      return {
        variant: variants[window.form]!,
        window,
        sent: within.length,
        reached: within.filter(({ id }) => witnessed.has(id)).length,
        read: new Set(events.filter(({ event }) => event === 'clear').map(({ id }) => id)).size,
        events: (name: string) => events.filter(({ event }) => event === name),
        before,
      };
    });
  };

  await t.test('a sound caller sends nothing to what stands there', async (t) => {
    for (const seen of await play('sound')) {
      const name = seen.variant;
      t.equal(seen.window.error, null, `${name}: the hop was taken over`);
      t.ok(seen.sent >= 5, `${name}: ${seen.sent} requests were sent meanwhile`);
      t.equal(seen.reached, 0, `${name}: none reached the callee`);
      t.equal(seen.read, 0, `${name}: none was read`);
      if (name === 'tamper') t.ok(seen.events('altered').length > 0, `${name}: application data was altered`);
      else t.ok(seen.events('refused').length > 0, `${name}: the caller refused`);
      t.comment(
        name,
        seen.window.openedInMs,
        seen.window.closedInMs,
        seen.sent,
        seen.events('connection').length,
        seen.events('altered')[0]?.detail,
        seen.events('refused')[0]?.detail,
        seen.events('closed')[0]?.detail,
      );
    }
    t.equal(await pair.send('sound', 'afterwards'), 200, 'and the hop is as it was');
  });

  await t.test('a caller that checks nothing is read in clear', async (t) => {
    for (const seen of await play('trusting')) {
      if (seen.variant === 'tamper') t.equal(seen.reached, 0, 'tampering is noticed all the same');
      else t.ok(seen.read > 0, `${seen.variant}: ${seen.read} of ${seen.sent} requests were read`);
      t.comment(
        seen.variant,
        seen.sent,
        seen.reached,
        seen.read,
        seen.window.error,
        seen.events('clear')[0]?.detail,
        seen.events('closed')[0]?.detail,
      );
    }
  });

  for (const way of ['clear', 'clear2'] as const)
    await t.test(`a caller without TLS is read in clear (${way})`, async (t) => {
      for (const seen of await play(way))
        t.ok(seen.read > 0, `${seen.variant}: ${seen.read} of ${seen.sent} requests were read`);
    });

  await t.test('what is not of this run is not touched', async (t) => {
    await t.rejects(findTarget({ ...scope, run: 'another' }, 'orders'), { code: 'foreign-target' });
    await t.rejects(findTarget(scope, 'payments'), { code: 'foreign-target' });
  });

  t.equal(taken.garbled(), 0);
});
