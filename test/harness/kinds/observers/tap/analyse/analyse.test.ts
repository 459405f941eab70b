import fc from 'fast-check';
import t from 'tap';
import {
  analyseLink,
  type TapContext,
  type TapFindings,
} from '../../../../../../harness/kinds/observers/tap/analyse/index.ts';
import { packetClasses } from '../../../../../../harness/kinds/observers/tap/record.ts';
import { cut, hello, opening, pcap, tcpFrame, tlsRecord, type Segment } from './fixtures/wire.ts';

const context: TapContext = {
  originWallMs: 1_000_000,
  phases: [{ id: 'rest', startMs: 0, endMs: 1e6 }],
  harnessAddresses: ['198.18.1.9'],
  names: { '198.18.1.2': 'edge' },
  identify: (text) => (text.endsWith('0123456789abcdef') ? { kind: 'canary', seq: Number(text.split('.')[2]) } : null),
};

const analyse = (capture: Buffer, chunk = capture.length): TapFindings => {
  const analysis = analyseLink('edge→storefront', context);
  for (let at = 0; at < capture.length; at += chunk) analysis.feed(capture.subarray(at, at + chunk));
  return analysis.end({ captured: null, dropped: 0 });
};
const sums = ({ taps }: TapFindings) =>
  Object.fromEntries(packetClasses.map((id) => [id, taps.reduce((sum, tap) => sum + tap.packets[id], 0)]));

/** Bytes from 0x20 up: no part of a body can pass for a record's header, whatever is cut away before it. */
const body = fc.uint8Array({ min: 0x20, minLength: 1, maxLength: 400 }).map((bytes) => Buffer.from(bytes));
const records = fc.array(body, { minLength: 1, maxLength: 12 });
const stream = (side: 'client' | 'server', bodies: readonly Buffer[]) =>
  Buffer.concat([hello(side), tlsRecord(20, Buffer.from([1])), ...bodies.map((data) => tlsRecord(23, data))]);
const lengths = fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 60 });

t.test('TLS however segmented, reordered and retransmitted has nothing in clear and nothing unclassified', async () => {
  fc.assert(
    fc.property(
      records,
      lengths,
      fc.infiniteStream(fc.nat(6)),
      fc.array(fc.nat(40), { maxLength: 5 }),
      fc.integer({ min: 1, max: 4096 }),
      (bodies, sizes, jumps, again, chunk) => {
        const segments = cut('client', stream('client', bodies), sizes);
        const repeated = again.flatMap((index) =>
          segments[index] === undefined ? [] : ([[index + 2, segments[index]]] as const),
        );
        const sent = [
          ...segments.map((segment, index) => [index + (jumps.next().value ?? 0), segment] as const),
          ...repeated,
        ];
        const order = sent.toSorted((a, b) => a[0] - b[0]).map(([, segment]) => tcpFrame(segment));
        const found = analyse(pcap([...opening(), ...order]), chunk);
        const all = sums(found);
        return (
          all['cleartext'] === 0 &&
          all['unclassified'] === 0 &&
          all['planted'] === 0 &&
          found.taps[0]?.connections === 1 &&
          packetClasses.reduce((sum, id) => sum + all[id]!, 0) === order.length + 3
        );
      },
    ),
    { numRuns: 400 },
  );
});

t.test('text put between two records is found wherever it is cut', async () => {
  fc.assert(
    fc.property(
      records,
      fc.nat(),
      lengths,
      fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 80 }),
      (bodies, where, sizes, text) => {
        const at = where % (bodies.length + 1);
        const bytes = Buffer.concat([
          stream('client', bodies.slice(0, at)),
          Buffer.from(text),
          ...bodies.slice(at).map((data) => tlsRecord(23, data)),
        ]);
        const segments = cut('client', bytes, sizes).map((segment) => tcpFrame(segment));
        return sums(analyse(pcap([...opening(), ...segments])))['cleartext']! > 0;
      },
    ),
    { numRuns: 400 },
  );
});

t.test('a file cut anywhere is a loss, and bytes of any kind never throw', async () => {
  const whole = pcap([...opening(), tcpFrame({ from: 'client', seq: 0, data: hello('client') })]);
  for (let length = 0; length < whole.length; length += 1) {
    const found = analyse(whole.subarray(0, length));
    const packets = Object.values(sums(found)).reduce((a, b) => a + b, 0);
    if (packets < 4 && found.losses.length === 0) t.fail(`a file cut at ${length} was taken for whole`);
  }
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 })), fc.uint8Array(), fc.boolean(), (frames, tail, tcp) => {
      const some = frames.map((frame) =>
        tcp
          ? tcpFrame({ from: 'client', seq: frame.length, data: Buffer.from(frame), flags: frame[0] ?? 0 })
          : Buffer.from(frame),
      );
      analyse(Buffer.concat([pcap(some), Buffer.from(tail)]));
    }),
  );
});

const one = (segments: readonly Segment[], addresses?: { client: string; server: string }) =>
  analyse(pcap([...opening(addresses), ...segments.map((segment) => tcpFrame(segment, addresses))]));
const request = Buffer.from('GET /catalogue HTTP/1.1\r\nx-holdfast-id: r1.canary.7.0123456789abcdef\r\n\r\n');

t.test('a request in clear is cleartext from a member, and planted from the harness', async (t) => {
  const member = one([{ from: 'client', seq: 0, data: request }]);
  t.match(member.cleartext, [
    { seq: 7, data: { planted: false, source: 'edge:40000', excerpt: /^GET \/catalogue HTTP\/1\.1\\x0d\\x0a/ } },
  ]);
  const harness = one([{ from: 'client', seq: 0, data: request }], { client: '198.18.1.9', server: '198.18.1.3' });
  t.match(harness.cleartext, [{ seq: 7, data: { planted: true } }]);
  t.equal(sums(harness)['cleartext'], 0);
});

t.test('HTTP/2 in clear is found on both sides', async (t) => {
  const found = one([
    { from: 'client', seq: 0, data: Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0', 'latin1') },
    { from: 'server', seq: 0, data: Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]) },
  ]);
  t.equal(sums(found)['cleartext'], 2);
});

t.test('a suite that does not encrypt is cleartext', async (t) => {
  const sound = [hello('server'), hello('server', 0x003b)].map((answer) =>
    sums(
      one([
        { from: 'client', seq: 0, data: hello('client') },
        { from: 'server', seq: 0, data: answer },
        { from: 'client', seq: hello('client').length, data: tlsRecord(23, Buffer.alloc(40, 0xee)) },
      ]),
    ),
  );
  t.equal(sound[0]!['cleartext'], 0);
  t.equal(sound[1]!['cleartext'], 1);
});

t.test('what cannot be known is unclassified, until a packet holds whole records again', async (t) => {
  const middle = Buffer.alloc(50, 0x99);
  const data = tlsRecord(23, Buffer.alloc(60, 0xee));
  const late = analyse(
    pcap([tcpFrame({ from: 'client', seq: 500, data: middle }), tcpFrame({ from: 'client', seq: 550, data })]),
  );
  t.match(sums(late), { unclassified: 1, 'tls-data': 1, cleartext: 0 });
  const gap = one([
    { from: 'client', seq: 0, data: hello('client') },
    { from: 'client', seq: 4000, data: middle },
    { from: 'client', seq: 4050, data },
  ]);
  t.match(sums(gap), { 'tls-handshake': 1, unclassified: 1, 'tls-data': 1, cleartext: 0 });
  t.match(sums(one([{ from: 'client', seq: 0, data }])), { unclassified: 1, 'tls-data': 0 }, 'data before any hello');
});

t.test('a request in clear within the length of a record is found', async (t) => {
  const record = tlsRecord(23, Buffer.concat([Buffer.alloc(100, 0xee), request]));
  const found = one([
    { from: 'client', seq: 0, data: Buffer.concat([hello('client'), record.subarray(0, 105)]) },
    { from: 'client', seq: hello('client').length + 105, data: request },
  ]);
  t.match(found.cleartext, [{ seq: 7 }]);
});
