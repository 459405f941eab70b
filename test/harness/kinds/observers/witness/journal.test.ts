import { join } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { markersOf } from '../../../../../harness/execute/attack/index.ts';
import { requestId } from '../../../../../harness/execute/identity/index.ts';
import { readJournal } from '../../../../../harness/kinds/observers/witness/journal.ts';
import { context, entry, id, key, run, write } from '../../../../support/journals.ts';

t.test('an identity of this run is believed, anything else is kept as forged', async (t) => {
  const sound = id('attack', 41);
  const file = write(t.testdir(), 'orders.ndjson', [
    entry(1.25, sound, { m: 'POST', p: '/checkout/u1' }),
    entry(2, sound.replace('.41.', '.42.')),
    entry(3, requestId('r20261124-055000-cd34', key, 'attack', 41)),
    entry(4, requestId(run, Buffer.alloc(32, 8), 'attack', 41)),
    entry(5, `${sound}, ${sound}`),
    entry(6, null),
  ]);
  const { seen, losses } = readJournal(file, 'orders', context);
  t.strictSame(seen[0], {
    type: 'seen',
    kind: 'witness',
    atMs: 1.25,
    seq: 41,
    data: {
      of: 'attack',
      service: 'orders',
      method: 'POST',
      path: '/checkout/u1',
      peer: 'spiffe://shop.holdfast.test/edge',
    },
  });
  t.strictSame(
    seen.slice(1).map(({ data, seq, atMs }) => [data['of'], seq, atMs]),
    [2, 3, 4, 5, 6].map((atMs) => ['forged', 0, atMs]),
    'another number, run or key, two at once, none: none is dropped, none is believed',
  );
  t.strictSame(losses, []);
});

t.test('what cannot be read is counted under the name of the journal', async (t) => {
  const folder = t.testdir();
  const lines = [entry(1, id('legit', 1)), entry(2, id('legit', 2))];
  const torn = write(folder, 'orders.ndjson', [...lines, '{"t":"50000', ''], '');
  const read = readJournal(torn, 'orders', context);
  t.equal(read.seen.length, 2, 'what stands before the tear is kept');
  t.match(read.losses, [
    { type: 'loss', observer: 'witness', code: 'unreadable', count: 1, data: { service: 'orders' } },
  ]);

  const strange = write(folder, 'payments.ndjson', ['[]', '{"t":12}', ...lines, 'null', entry(3, null, { t: 'soon' })]);
  t.match(readJournal(strange, 'payments', context), {
    losses: [{ observer: 'witness', code: 'unreadable', count: 4, data: { service: 'payments' } }],
  });

  fc.assert(
    fc.property(fc.integer({ min: 1, max: lines[1]!.length - 1 }), (cut) => {
      const file = write(folder, 'cut.ndjson', [lines[0]!, lines[1]!.slice(0, cut)], '');
      const { seen, losses } = readJournal(file, 'cut', context);
      return seen.length === 1 && losses.length === 1 && losses[0]!.count === 1;
    }),
  );
});

t.test('a journal that is not there is a loss, not a quiet witness', async (t) => {
  const { seen, losses } = readJournal(join(t.testdir(), 'orders.ndjson'), 'orders', context);
  t.strictSame(seen, []);
  t.match(losses, [{ type: 'loss', observer: 'witness', code: 'no-file', count: 1, data: { service: 'orders' } }]);
});

t.test('the peer is what the sidecar says', async (t) => {
  const peers: readonly (readonly [xfcc: string | null, peer: string | null])[] = [
    [null, null],
    ['', null],
    ['By=spiffe://shop.holdfast.test/orders;Hash=ab12', null],
    ['Hash=ab12;URI=spiffe://shop.holdfast.test/storefront', 'spiffe://shop.holdfast.test/storefront'],
    ['URI=spiffe://shop.holdfast.test/edge;Hash=ab12;Subject="CN=x"', 'spiffe://shop.holdfast.test/edge'],
    ['By=spiffe://a/b;URI=', ''],
  ];
  const file = write(
    t.testdir(),
    'orders.ndjson',
    peers.map(([x], i) => entry(i, id('legit', i), { x })),
  );
  t.strictSame(
    readJournal(file, 'orders', context).seen.map(({ data }) => data['peer']),
    peers.map(([, peer]) => peer),
  );
});

t.test("an attempt's own spoofed values are found, in headers and in what the sidecar says", async (t) => {
  const { marker, markerIp } = markersOf(70_000);
  const other = markersOf(70_001).marker;
  const file = write(t.testdir(), 'storefront.ndjson', [
    entry(1, id('attack', 70_000), {
      h: { 'x-user': marker, via: '1.1 edge', 'x-forwarded-for': `10.0.0.1, ${markerIp}` },
    }),
    entry(2, id('attack', 70_000), { x: `By=spiffe://a/b;URI=spiffe://a/${marker}` }),
    entry(3, id('attack', 70_000), { h: { 'x-user': other } }),
    entry(4, id('legit', 70_000), { h: { 'x-user': marker } }),
    entry(5, null, { h: { 'x-user': marker } }),
  ]);
  const { seen } = readJournal(file, 'storefront', context);
  t.strictSame(
    seen.map(({ data }) => data['spoofed']),
    [
      [`x-user: ${marker}`, `x-forwarded-for: 10.0.0.1, ${markerIp}`],
      [`x-forwarded-client-cert: By=spiffe://a/b;URI=spiffe://a/${marker}`],
      undefined,
      undefined,
      undefined,
    ],
    "another attempt's value, and one that no attempt sent, are not this attempt's",
  );
});
