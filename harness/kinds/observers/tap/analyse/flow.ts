import { seen, TlsReader, type Side } from './tls.ts';

/** Called once the bytes of a packet have been judged; `note` is what was given with it. */
export type Judged<Note> = (note: Note, bits: number, bytes: Buffer, start: number, end: number) => void;

type Waiting<Note> = { readonly seq: number; readonly bytes: Buffer; readonly whole: boolean; readonly note: Note };

/** Bytes that may wait for a hole to be filled. Past it the hole is a loss of the capture, not of the network. */
const patience = 1 << 20;
/** Segments remembered, to judge their retransmissions by. */
const memory = 32;

/** a − b, of sequence numbers that wrap (RFC 9293, 3.4). */
const distance = (a: number, b: number): number => (a - b) | 0;

/**
 * One direction of one TCP connection: puts segments in order by sequence number, and hands the stream to a TlsReader. Each
 * packet is judged once, when its bytes have their place: at once, or when the hole before them is filled or given up.
 */
export class Flow<Note> {
  reader: TlsReader;
  readonly #side: Side;
  readonly #judged: Judged<Note>;
  #next: number | null = null;
  #waiting: Waiting<Note>[] = [];
  #waitingBytes = 0;
  readonly #past: { from: number; to: number; bits: number }[] = [];

  /** Until `open` is called the stream counts as one that began before the capture did. */
  constructor(side: Side, judged: Judged<Note>) {
    this.#side = side;
    this.reader = new TlsReader(null);
    this.#judged = judged;
  }

  /** The opening was seen: the stream's first byte has this sequence number. */
  open(first: number): void {
    if (this.#next !== null) return;
    this.reader = new TlsReader(this.#side);
    this.#next = first;
  }

  /** Takes a segment with a payload. `whole` is false where the capture cut it short. */
  take(seq: number, bytes: Buffer, start: number, end: number, whole: boolean, note: Note): void {
    this.#next ??= seq;
    if (distance(seq, this.#next) > 0) {
      const copy = Buffer.from(bytes.subarray(start, end));
      this.#waiting.push({ seq, bytes: copy, whole, note });
      this.#waiting.sort((a, b) => distance(a.seq, b.seq));
      this.#waitingBytes += copy.length;
      if (this.#waitingBytes > patience) this.#skip();
      return;
    }
    this.#place(seq, bytes, start, end, whole, note);
    this.#drain();
  }

  /** The stream is over: what still waits is judged, with the holes as losses. */
  finish(): void {
    while (this.#waiting.length > 0) this.#skip();
  }

  #drain(): void {
    while (this.#waiting.length > 0 && distance(this.#waiting[0]!.seq, this.#next!) <= 0) {
      const { seq, bytes, whole, note } = this.#waiting.shift()!;
      this.#waitingBytes -= bytes.length;
      this.#place(seq, bytes, 0, bytes.length, whole, note);
    }
  }

  #skip(): void {
    this.reader.lose();
    this.#next = this.#waiting[0]!.seq;
    this.#drain();
  }

  #place(seq: number, bytes: Buffer, start: number, end: number, whole: boolean, note: Note): void {
    const old = distance(this.#next!, seq);
    let bits = old > 0 ? this.#recall(seq, seq + Math.min(old, end - start)) : 0;
    if (old < end - start) {
      bits |= this.reader.read(bytes, start + old, end);
      this.#next = (seq + (end - start)) >>> 0;
      this.#past.push({ from: seq, to: seq + (end - start), bits });
      if (this.#past.length > memory) this.#past.shift();
      if (!whole) {
        // How much is missing is not worth knowing: the next segment takes up anew.
        bits |= seen.unknown;
        this.reader.lose();
        this.#next = null;
      }
    }
    this.#judged(note, bits, bytes, start, end);
    this.#next ??= this.#waiting[0]?.seq ?? null;
  }

  /** What a retransmitted stretch was when it came first; unknown where that is too long ago. */
  #recall(from: number, to: number): number {
    let bits = 0;
    let reach = from;
    for (const past of this.#past) {
      if (distance(past.to, from) <= 0 || distance(to, past.from) <= 0) continue;
      if (distance(past.from, reach) <= 0 && distance(past.to, reach) > 0) reach = past.to;
      bits |= past.bits;
    }
    return distance(to, reach) <= 0 ? bits : seen.unknown;
  }
}
