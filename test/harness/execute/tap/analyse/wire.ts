/** Builds captures byte by byte, for the tests of the analyser. */

export type Segment = {
  readonly from: 'client' | 'server';
  readonly seq: number;
  readonly data: Buffer;
  readonly flags?: number;
};

const client = '198.18.1.2';
const server = '198.18.1.3';

export const isn = { client: 0xffff_ff00, server: 77_000 } as const;
const ports = { client: 40_000, server: 15_443 } as const;

/** One Ethernet frame with one TCP segment. `seq` counts from the stream's first byte; −1 is the opening. */
export const tcpFrame = ({ from, seq, data, flags = 16 }: Segment, addresses = { client, server }): Buffer => {
  const to = from === 'client' ? 'server' : 'client';
  const head = Buffer.alloc(54);
  head.writeUInt16BE(0x0800, 12);
  head[14] = 0x45;
  head.writeUInt16BE(40 + data.length, 16);
  head[23] = 6;
  addresses[from].split('.').forEach((part, index) => (head[26 + index] = Number(part)));
  addresses[to].split('.').forEach((part, index) => (head[30 + index] = Number(part)));
  head.writeUInt16BE(ports[from], 34);
  head.writeUInt16BE(ports[to], 36);
  head.writeUInt32BE((isn[from] + 1 + seq) >>> 0, 38);
  head[46] = 0x50;
  head[47] = flags;
  return Buffer.concat([head, data]);
};

export const opening = (addresses = { client, server }): Buffer[] => [
  tcpFrame({ from: 'client', seq: -1, data: Buffer.alloc(0), flags: 2 }, addresses),
  tcpFrame({ from: 'server', seq: -1, data: Buffer.alloc(0), flags: 18 }, addresses),
  tcpFrame({ from: 'client', seq: 0, data: Buffer.alloc(0) }, addresses),
];

/** A capture with nanosecond stamps: frame i at 1000 s + i ms. */
export const pcap = (frames: readonly Buffer[]): Buffer => {
  const head = Buffer.alloc(24);
  head.writeUInt32LE(0xa1b23c4d, 0);
  head.writeUInt32LE(262_144, 16);
  head.writeUInt32LE(1, 20);
  const packets = frames.flatMap((frame, index) => {
    const record = Buffer.alloc(16);
    record.writeUInt32LE(1000 + Math.floor(index / 1000), 0);
    record.writeUInt32LE((index % 1000) * 1e6, 4);
    record.writeUInt32LE(frame.length, 8);
    record.writeUInt32LE(frame.length, 12);
    return [record, frame];
  });
  return Buffer.concat([head, ...packets]);
};

export const tlsRecord = (type: number, body: Buffer): Buffer => {
  const head = Buffer.from([type, 3, 3, 0, 0]);
  head.writeUInt16BE(body.length, 3);
  return Buffer.concat([head, body]);
};

/** A hello of either side, long enough to hold a suite. */
export const hello = (from: 'client' | 'server', suite = 0x1301): Buffer => {
  const body = Buffer.alloc(90, 0xa5);
  body[0] = from === 'client' ? 1 : 2;
  body[38] = 32;
  body.writeUInt16BE(suite, 71);
  return tlsRecord(22, body);
};

/** Cuts a stream into segments after the given lengths. */
export const cut = (from: 'client' | 'server', stream: Buffer, lengths: readonly number[]): Segment[] => {
  const segments: Segment[] = [];
  let at = 0;
  for (const length of [...lengths, stream.length]) {
    if (at >= stream.length) break;
    segments.push({ from, seq: at, data: stream.subarray(at, at + length) });
    at += length;
  }
  return segments;
};
