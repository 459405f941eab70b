import t from 'tap';
import { docker } from '../../harness/execute/engine/index.ts';
import { requestId } from '../../harness/execute/identity/index.ts';
import { operate } from '../../harness/execute/operate/index.ts';
import type { Acting } from '../../harness/execute/operate/index.ts';
import { findTarget } from '../../harness/execute/stack/index.ts';
import type { InterceptorEvent } from '../../harness/kinds/actions/intercept/events.ts';
import type { Interception } from '../../harness/kinds/actions/intercept/index.ts';
import { runner } from '../../harness/kinds/actions/intercept/run.ts';
import type { Operation } from '../../harness/model/index.ts';
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

const operations: readonly Operation[] = Object.values(interceptors).map((interceptor, form) => ({
  kind: 'intercept',
  attack: 0,
  form,
  startMs: 300 + form * (lengthMs + gapMs),
  endMs: 300 + form * (lengthMs + gapMs) + lengthMs,
  op: { hop, interceptor },
}));

t.setTimeout(180_000);
t.test('taking over a hop', { timeout: 180_000 }, async (t) => {
  const pair = await startPair();
  t.teardown(pair.stop);
  await pair.ready('sound');
  const scope = { docker: docker(), run: pair.run, project: pair.run, stack, network: pair.network };
  const taken = await runner.ready(
    {
      docker: docker(),
      run: pair.run,
      stack,
      hops: [hop],
      network: pair.network,
      image: pair.image,
      scratch: join(pair.scratch, 'mitm'),
      config: pair.scratch,
      schedule: { attacks: [{ id: 'M16', required: 1, forms: [] }], configurations: {} },
      certificate: pair.authority.certificate,
      id: (kind, number) => requestId(pair.run, 'key', kind, number),
      signal: new AbortController().signal,
    },
    operations,
  );
  t.teardown(taken.stop);
  let seq = 0;

  /** Opens every window in turn, and sends requests all the while. */
  const play = async (way: Way) => {
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
    const operated = await operate({
      operations,
      acting: new Map([['intercept', taken as unknown as Acting<Operation['op']>]]),
      originNs: process.hrtime.bigint(),
      signal: AbortSignal.timeout(60_000),
    });
    const { seen: events, faults } = (await taken.bring?.(operated)) ?? { seen: [], faults: new Map<number, string>() };
    over.abort();
    await sending;
    const witnessed = new Set(await pair.witnessed());
    return operated.map(({ number, startNs, endNs, error }) => {
      const within = sent.filter(({ atNs, doneNs }) => atNs >= startNs && doneNs <= endNs);
      const own = events
        .filter(({ data }) => data['window'] === number)
        .map(({ id, data }) => ({ id, ...(data as Pick<InterceptorEvent, 'event' | 'detail'>) }));
      return {
        variant: variants[number]!,
        error: error ?? faults.get(number) ?? null,
        sent: within.length,
        reached: within.filter(({ id }) => witnessed.has(id)).length,
        read: new Set(own.filter(({ event }) => event === 'clear').map(({ id }) => id)).size,
        events: (name: string) => own.filter(({ event }) => event === name),
      };
    });
  };

  await t.test('a sound caller sends nothing to what stands there', async (t) => {
    for (const seen of await play('sound')) {
      const name = seen.variant;
      t.equal(seen.error, null, `${name}: the hop was taken over`);
      t.ok(seen.sent >= 5, `${name}: ${seen.sent} requests were sent meanwhile`);
      t.equal(seen.reached, 0, `${name}: none reached the callee`);
      t.equal(seen.read, 0, `${name}: none was read`);
      if (name === 'tamper') t.ok(seen.events('altered').length > 0, `${name}: application data was altered`);
      else t.ok(seen.events('refused').length > 0, `${name}: the caller refused`);
      t.comment(
        name,
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
        seen.error,
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

  t.strictSame(taken.losses?.(), [], 'every line of theirs was an event');
});
