/** TCP's control bits (RFC 9293, section 3.1). */
export const tcpFlag = { fin: 1, syn: 2, rst: 4, ack: 16 } as const;

/**
 * An Ethernet frame, decoded. One object is filled again for each packet: this runs once for each of millions. `key` is
 * source address, destination address and both ports as raw bytes in a latin1 string; `start` and `end` bound the payload.
 */
export type Frame = {
  kind: 'arp' | 'ip-other' | 'tcp' | 'unclassified';
  key: string;
  seq: number;
  flags: number;
  start: number;
  end: number;
  /** False where the capture holds less of the payload than was on the wire. */
  whole: boolean;
};

export const emptyFrame = (): Frame => ({
  kind: 'unclassified',
  key: '',
  seq: 0,
  flags: 0,
  start: 0,
  end: 0,
  whole: true,
});

const tcp = 6;
const extensionHeaders = new Set([0, 43, 60]);
const fragmentHeader = 44;

/** Decodes Ethernet (with VLAN tags), ARP, IPv4, IPv6 and TCP. What it cannot make out is `unclassified`, never dropped. */
export const decodeFrame = (bytes: Buffer, start: number, end: number, wire: number, frame: Frame): void => {
  frame.kind = 'unclassified';
  frame.start = start;
  frame.end = end;
  frame.whole = end - start >= wire;
  let at = start + 14;
  if (at > end) return;
  let type = bytes.readUInt16BE(at - 2);
  while ((type === 0x8100 || type === 0x88a8) && at + 4 <= end) {
    type = bytes.readUInt16BE(at + 2);
    at += 4;
  }
  frame.start = at;
  if (type === 0x0806) frame.kind = 'arp';
  else if (type === 0x0800) decodeV4(bytes, at, end, frame);
  else if (type === 0x86dd) decodeV6(bytes, at, end, frame);
};

const decodeV4 = (bytes: Buffer, at: number, end: number, frame: Frame): void => {
  const length = (bytes[at]! & 15) * 4;
  if (at + 20 > end || bytes[at]! >> 4 !== 4 || length < 20 || at + length > end) return;
  const total = bytes.readUInt16BE(at + 2);
  // A total length of zero: segmentation offload of more than 64 KiB; the capture's own length is right then.
  const stop = total === 0 ? end : at + total;
  const fragment = bytes.readUInt16BE(at + 6);
  frame.start = at + length;
  if (bytes[at + 9] !== tcp) {
    frame.kind = 'ip-other';
    frame.end = Math.min(end, stop);
    return;
  }
  if ((fragment & 0x3fff) !== 0) return;
  decodeTcp(bytes, at + length, stop, end, frame, bytes.toString('latin1', at + 12, at + 20));
};

const decodeV6 = (bytes: Buffer, at: number, end: number, frame: Frame): void => {
  if (at + 40 > end || bytes[at]! >> 4 !== 6) return;
  const stop = at + 40 + bytes.readUInt16BE(at + 4);
  let next = bytes[at + 6]!;
  let offset = at + 40;
  while (extensionHeaders.has(next) && offset + 8 <= end) {
    next = bytes[offset]!;
    offset += (bytes[offset + 1]! + 1) * 8;
  }
  frame.start = Math.min(offset, end);
  if (next === fragmentHeader) return;
  if (next === tcp) decodeTcp(bytes, offset, stop, end, frame, bytes.toString('latin1', at + 8, at + 40));
  else frame.kind = 'ip-other';
};

const decodeTcp = (bytes: Buffer, at: number, stop: number, end: number, frame: Frame, addresses: string): void => {
  if (at + 20 > end) return;
  const payload = at + (bytes[at + 12]! >> 4) * 4;
  if (payload < at + 20 || payload > stop) return;
  frame.kind = 'tcp';
  frame.key = addresses + bytes.toString('latin1', at, at + 4);
  frame.seq = bytes.readUInt32BE(at + 4);
  frame.flags = bytes[at + 13]!;
  frame.start = Math.min(payload, end);
  // Ethernet pads short frames: only what IP counts is payload.
  frame.end = Math.min(stop, end);
  frame.whole = stop <= end;
};
