import type { PacketClass, TapData } from '../record.ts';
import type { LossRecord, SeenRecord } from '../../../../model/index.ts';
import { isMostlyText, readsAsClear, type Identify } from './clear.ts';
import { Connections, type Direction } from './connections.ts';
import { rawAddress } from './endpoint.ts';
import { decodeFrame, emptyFrame } from './frame.ts';
import { Ledger, type TapPhase } from './ledger.ts';
import { pcapReader } from './pcap.ts';
import { seen } from './tls.ts';

/** What an analysis needs to know beside the bytes. */
export type TapContext = {
  /** The run's origin on the wall clock, in ms since the epoch. */
  readonly originWallMs: number;
  readonly phases: readonly TapPhase[];
  /** IPv4 addresses of the harness's own containers: what they begin in clear is planted. */
  readonly harnessAddresses: readonly string[];
  /** Names of addresses, for the report. */
  readonly names: Readonly<Record<string, string>>;
  readonly identify: Identify;
};

/** What one capture showed. */
export type TapFindings = {
  readonly taps: readonly TapData[];
  readonly cleartext: readonly SeenRecord[];
  readonly losses: readonly LossRecord[];
};

/** `feed` takes the file's bytes in order; `end` takes what tcpdump said: packets written, and dropped by the kernel. */
export type LinkAnalysis = {
  readonly feed: (chunk: Buffer) => void;
  readonly end: (told: { readonly captured: number | null; readonly dropped: number | null }) => TapFindings;
};

type Note = { readonly phase: number; readonly ms: number; readonly key: string; readonly direction: Direction<Note> };

/**
 * Classifies every packet of one capture of one link. A class says what the bytes were: a packet with part of a record is TLS
 * only if all bytes of the stream before it were, and what cannot be told is `unclassified`, never TLS. Pure over the bytes;
 * it does not throw on what a file holds: a broken one is a loss.
 */
export const analyseLink = (link: string, context: TapContext): LinkAnalysis => {
  const ledger = new Ledger(link, context.phases, context.names, context.identify);
  const harness = new Set(context.harnessAddresses.map(rawAddress));
  const frame = emptyFrame();
  let phase = 0;
  let cut = 0;

  const judged = (note: Note, bits: number, bytes: Buffer, start: number, end: number): void => {
    const { connection, flow } = note.direction;
    connection.unencrypted ||= flow.reader.unencrypted;
    const clear =
      (bits & seen.clear) !== 0 ||
      (connection.unencrypted && (bits & seen.data) !== 0) ||
      readsAsClear(bytes, start, end) ||
      ((bits & seen.unknown) !== 0 && isMostlyText(bytes, start, end));
    if (clear) {
      const planted = harness.has(connection.initiator);
      ledger.clear(note.phase, note.ms, note.key, planted, bytes.subarray(start, end));
    } else ledger.count(note.phase, classOf(bits));
  };
  const connections = new Connections<Note>(judged, () => ledger.connection(phase));

  const packets = pcapReader((bytes, start, end, wire, wallMs) => {
    const ms = wallMs - context.originWallMs;
    phase = ledger.phaseAt(ms);
    decodeFrame(bytes, start, end, wire, frame);
    if (!frame.whole) cut += 1;
    if (frame.kind !== 'tcp') {
      if (readsAsClear(bytes, frame.start, frame.end))
        ledger.clear(phase, ms, '', false, bytes.subarray(frame.start, frame.end));
      else ledger.count(phase, frame.kind);
      return;
    }
    const direction = connections.directionOf(frame);
    if (frame.start === frame.end && frame.whole) ledger.count(phase, 'tcp-control');
    else {
      const seq = (frame.seq + (frame.flags & 2) / 2) >>> 0;
      direction.flow.take(seq, bytes, frame.start, frame.end, frame.whole, { phase, ms, key: frame.key, direction });
    }
  });

  const end: LinkAnalysis['end'] = ({ captured, dropped }) => {
    connections.finish();
    const file = packets.end();
    const losses: LossRecord[] = [];
    const lose = (code: string, count: number, why: string): void => {
      if (count > 0) losses.push({ type: 'loss', observer: 'tap', code, count, data: { link, why } });
    };
    const missing = captured === null ? 1 : Math.max(0, captured - file.packets);
    lose('dropped', dropped ?? 1, dropped === null ? 'tcpdump did not say what it lost' : 'dropped by the kernel');
    lose('file', file.fault === null ? missing : Math.max(1, missing), file.fault ?? 'packets not in the file');
    lose('cut', cut, 'packets captured in part only');
    lose('not-kept', ledger.unkept, 'more packets in clear than are kept in full');
    return { taps: ledger.records(dropped ?? 0), cleartext: ledger.cleartext, losses };
  };

  return { feed: packets.feed, end };
};

const classOf = (bits: number): PacketClass => {
  if ((bits & seen.unknown) !== 0) return 'unclassified';
  if ((bits & seen.handshake) !== 0) return 'tls-handshake';
  return (bits & seen.alert) !== 0 ? 'tls-alert' : 'tls-data';
};
