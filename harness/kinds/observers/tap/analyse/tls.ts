/** What a stretch of a stream was, as bits: one packet can hold several. */
export const seen = { handshake: 1, data: 2, alert: 4, clear: 8, unknown: 16 } as const;

/** Which side of the connection speaks; null where the capture did not see it open. */
export type Side = 'client' | 'server' | null;

const header = 5;
const kinds: Readonly<Record<number, number>> = {
  20: seen.handshake,
  21: seen.alert,
  22: seen.handshake,
  23: seen.data,
};
/** TLS 1.2 lets ciphertext grow by 2048 (RFC 5246, 6.2.3); TLS 1.3 by 256 only. */
const longest = 16_384 + 2_048;
/** Suites that authenticate and do not encrypt (IANA TLS cipher suites; RFC 9150 for the last two). */
const nullSuites = new Set([
  0x0000, 0x0001, 0x0002, 0x002c, 0x002d, 0x002e, 0x003b, 0x00b0, 0x00b1, 0x00b4, 0x00b5, 0x00b8, 0x00b9, 0xc001,
  0xc006, 0xc00b, 0xc010, 0xc015, 0xc039, 0xc03a, 0xc03b, 0xc0b4, 0xc0b5,
]);

const isHeader = (type: number, major: number, minor: number, length: number): boolean => {
  if (type < 20 || type > 23 || major !== 3 || minor > 4 || length > longest) return false;
  if (type === 20) return length === 1;
  if (type === 21) return length >= 2;
  return type === 23 || length >= 1;
};

/**
 * Follows the TLS records of one direction of one stream. Every byte must belong to a well-formed record (RFC 8446, 5.1), the
 * first record must be the hello that this side opens with, and a suite without encryption counts as clear. After bytes that
 * are no record, or after a gap, it takes up again only where a packet holds whole records from its first byte to its last.
 */
export class TlsReader {
  /** The server chose a suite that does not encrypt. */
  unencrypted = false;
  readonly #side: Side;
  #state: 'records' | 'clear' | 'lost';
  readonly #header = Buffer.alloc(header);
  #have = 0;
  #left = 0;
  #kind = 0;
  #records = 0;
  #hello: number[] = [];

  constructor(side: Side) {
    this.#side = side;
    this.#state = side === null ? 'lost' : 'records';
  }

  /** Bytes are missing from here on. A stream in clear stays one. */
  lose(): void {
    if (this.#state === 'records') this.#state = 'lost';
    this.#have = 0;
    this.#left = 0;
  }

  /** Takes the next bytes of the stream, and says what they were. */
  read(bytes: Buffer, start: number, end: number): number {
    if (this.#state !== 'records') {
      if (!spansRecords(bytes, start, end)) return this.#state === 'clear' ? seen.clear : seen.unknown;
      this.#state = 'records';
      this.#have = 0;
      this.#left = 0;
      this.#records = Math.max(this.#records, 1);
      this.#hello = [];
    }
    const bits = this.#follow(bytes, start, end);
    if ((bits & seen.clear) !== 0) this.#state = 'clear';
    if ((bits & seen.unknown) !== 0) this.#state = 'lost';
    return bits;
  }

  #follow(bytes: Buffer, start: number, end: number): number {
    let bits = 0;
    let at = start;
    while (at < end) {
      if (this.#left > 0) {
        const take = Math.min(this.#left, end - at);
        if (this.#records === 1 && !this.#readHello(bytes, at, at + take)) return bits | seen.clear;
        bits |= this.#kind;
        this.#left -= take;
        at += take;
        continue;
      }
      this.#header[this.#have] = bytes[at]!;
      this.#have += 1;
      at += 1;
      if (!this.#plausible()) return bits | seen.clear;
      bits |= kinds[this.#header[0]!]!;
      if (this.#have === header) {
        this.#have = 0;
        this.#left = this.#header.readUInt16BE(3);
        this.#kind = kinds[this.#header[0]!]!;
        this.#records += 1;
        // Data before any hello: well-formed, yet nobody agreed on a key that we saw.
        if (this.#records === 1 && this.#header[0] === 23) return bits | seen.unknown;
      }
    }
    return bits;
  }

  /** Judges as much of a record's header as is there, so that a packet which ends within one is judged too. */
  #plausible(): boolean {
    const [type, major, minor] = [this.#header[0]!, this.#header[1]!, this.#header[2]!];
    if (this.#have === header) return isHeader(type, major, minor, this.#header.readUInt16BE(3));
    return type >= 20 && type <= 23 && (this.#have < 2 || major === 3) && (this.#have < 3 || minor <= 4);
  }

  /** A first handshake record must open with this side's hello; from the server's, the suite is read. */
  #readHello(bytes: Buffer, start: number, end: number): boolean {
    if (this.#header[0] !== 22 || this.#hello.length >= 80) return true;
    for (let at = start; at < end && this.#hello.length < 80; at += 1) this.#hello.push(bytes[at]!);
    const hello = this.#hello;
    if (hello[0] !== (this.#side === 'server' ? 2 : 1)) return false;
    // type 1, length 3, version 2, random 32, then the session id and the suite.
    const suite = 39 + (hello[38] ?? 0);
    if (this.#side === 'server' && hello.length >= suite + 2)
      this.unencrypted ||= nullSuites.has(hello[suite]! * 256 + hello[suite + 1]!);
    return true;
  }
}

/** True where a packet holds records from its first byte to its last: by chance, once in 10^9 packets. */
const spansRecords = (bytes: Buffer, start: number, end: number): boolean => {
  let at = start;
  while (at + header <= end) {
    if (!isHeader(bytes[at]!, bytes[at + 1]!, bytes[at + 2]!, bytes.readUInt16BE(at + 3))) return false;
    at += header + bytes.readUInt16BE(at + 3);
  }
  return at === end;
};
