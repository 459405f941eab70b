import { destinationOf, portsOf, reverseKey, sourceOf } from './endpoint.ts';
import { Flow, type Judged } from './flow.ts';
import { tcpFlag, type Frame } from './frame.ts';

/** A TCP connection; `initiator` is the raw address of the side that opened it. */
export type Connection = { readonly initiator: string; readonly opening: number | null; unencrypted: boolean };

/** One direction of a connection, and the connection that it belongs to. */
export type Direction<Note> = { readonly connection: Connection; readonly flow: Flow<Note> };

/**
 * Finds the direction that a segment belongs to, and opens connections as they appear. A second opening with the same
 * addresses and ports, but another sequence number, is a new connection.
 */
export class Connections<Note> {
  readonly #directions = new Map<string, Direction<Note>>();
  readonly #judged: Judged<Note>;
  readonly #opened: () => void;

  /** `opened` is called once for each connection. */
  constructor(judged: Judged<Note>, opened: () => void) {
    this.#judged = judged;
    this.#opened = opened;
  }

  directionOf(frame: Frame): Direction<Note> {
    const syn = (frame.flags & tcpFlag.syn) !== 0;
    const ack = (frame.flags & tcpFlag.ack) !== 0;
    const known = this.#directions.get(frame.key);
    if (known !== undefined && (!syn || ack || known.connection.opening === frame.seq)) {
      if (syn && ack) known.flow.open((frame.seq + 1) >>> 0);
      return known;
    }
    known?.flow.finish();
    this.#directions.get(reverseKey(frame.key))?.flow.finish();
    return this.#add(frame, syn, ack);
  }

  /** The capture is over. */
  finish(): void {
    for (const { flow } of this.#directions.values()) flow.finish();
  }

  #add(frame: Frame, syn: boolean, ack: boolean): Direction<Note> {
    const [from, to] = portsOf(frame.key);
    // Where the opening was not seen, the higher port is taken for the ephemeral one.
    const first = syn ? !ack : from > to;
    const connection: Connection = {
      initiator: first ? sourceOf(frame.key) : destinationOf(frame.key),
      opening: syn && !ack ? frame.seq : null,
      unencrypted: false,
    };
    const here = { connection, flow: new Flow(first ? 'client' : 'server', this.#judged) } as const;
    const there = { connection, flow: new Flow(first ? 'server' : 'client', this.#judged) } as const;
    if (syn) here.flow.open((frame.seq + 1) >>> 0);
    this.#directions.set(frame.key, here);
    this.#directions.set(reverseKey(frame.key), there);
    this.#opened();
    return here;
  }
}
