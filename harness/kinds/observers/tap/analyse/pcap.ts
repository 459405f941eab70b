/** What is given each packet: `bytes[start, end)` as captured, its length on the wire, and its wall-clock time in ms since the epoch. */
export type PacketSink = (bytes: Buffer, start: number, end: number, wire: number, wallMs: number) => void;

/** How a capture file ended. `fault`: null, or why the rest of the file could not be read. */
export type PcapEnd = { readonly packets: number; readonly fault: string | null };

export type PcapReader = { readonly feed: (chunk: Buffer) => void; readonly end: () => PcapEnd };

const fileHeader = 24;
const packetHeader = 16;
/** libpcap's own largest snap length; a longer packet means that the file is corrupt. */
const largest = 262_144;
const ethernet = 1;
const magics: Readonly<Record<number, { readonly little: boolean; readonly perMs: number }>> = {
  0xd4c3b2a1: { little: true, perMs: 1e3 },
  0x4d3cb2a1: { little: true, perMs: 1e6 },
  0xa1b2c3d4: { little: false, perMs: 1e3 },
  0xa1b23c4d: { little: false, perMs: 1e6 },
};

/**
 * Reads a classic pcap file from chunks of any size, in constant memory. A file that is cut short or corrupt gives the packets
 * before that point, and a fault; it never throws. Format: draft-ietf-opsawg-pcap.
 */
export const pcapReader = (sink: PacketSink): PcapReader => {
  let rest: Buffer = Buffer.alloc(0);
  let format: { little: boolean; perMs: number } | null = null;
  let packets = 0;
  let fault: string | null = null;

  const open = (bytes: Buffer): void => {
    format = magics[bytes.readUInt32BE(0)] ?? null;
    if (format === null) {
      fault = `expected a pcap file, got magic ${bytes.toString('hex', 0, 4)}`;
      return;
    }
    const link = (format.little ? bytes.readUInt32LE(20) : bytes.readUInt32BE(20)) & 0x0fff_ffff;
    if (link !== ethernet) fault = `expected Ethernet frames, got link type ${link}`;
  };

  const feed = (chunk: Buffer): void => {
    if (fault !== null) return;
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    if (format === null && bytes.length >= fileHeader) {
      open(bytes);
      at = fileHeader;
    }
    while (format !== null && fault === null && at + packetHeader <= bytes.length) {
      const little: boolean = format.little;
      const word = (offset: number): number =>
        little ? bytes.readUInt32LE(at + offset) : bytes.readUInt32BE(at + offset);
      const captured = word(8);
      if (captured > largest) {
        fault = `expected a packet of at most ${largest} bytes, got ${captured}`;
        break;
      }
      const start = at + packetHeader;
      if (start + captured > bytes.length) break;
      sink(bytes, start, start + captured, word(12), word(0) * 1000 + word(4) / format.perMs);
      packets += 1;
      at = start + captured;
    }
    // A copy, so that a caller may use its chunk's memory again.
    rest = fault === null ? Buffer.from(bytes.subarray(at)) : Buffer.alloc(0);
  };

  const end = (): PcapEnd => {
    if (fault === null && format === null) fault = 'expected a pcap file, got an empty or cut one';
    if (fault === null && rest.length > 0) fault = `the file ends within a packet, after ${packets} whole ones`;
    return { packets, fault };
  };

  return { feed, end };
};
