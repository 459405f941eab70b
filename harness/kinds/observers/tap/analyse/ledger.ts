import { packetClasses } from '../record.ts';
import type { PacketClass, TapData } from '../record.ts';
import type { SeenRecord } from '../../../../model/index.ts';
import { excerptOf, identityIn, type Identify } from './clear.ts';
import { addressText, destinationOf, portsOf, sourceOf } from './endpoint.ts';

/** Stretches of the run by which packets are counted, in ms since the origin. */
export type TapPhase = { readonly id: string; readonly startMs: number; readonly endMs: number };

/** Packets outside every phase (before the first, after the last) are counted under this name. */
export const outsidePhases = 'outside';

/** Clear packets kept in full per link; the rest is counted. A canary is always kept: the check looks for each of them. */
const kept = 200;

/** Counts the packets of one link by phase and class, and keeps those in clear. */
export class Ledger {
  readonly cleartext: SeenRecord[] = [];
  /** Clear packets, not planted, that were counted and not kept. */
  unkept = 0;
  readonly #link: string;
  readonly #phases: readonly TapPhase[];
  readonly #names: Readonly<Record<string, string>>;
  readonly #identify: Identify;
  readonly #counts: { packets: Record<PacketClass, number>; connections: number }[];

  constructor(link: string, phases: readonly TapPhase[], names: Readonly<Record<string, string>>, identify: Identify) {
    this.#link = link;
    this.#phases = phases;
    this.#names = names;
    this.#identify = identify;
    this.#counts = [...phases, null].map(() => ({
      packets: Object.fromEntries(packetClasses.map((id) => [id, 0])) as Record<PacketClass, number>,
      connections: 0,
    }));
  }

  /** Index of the phase at a time; the one past the last stands for outside. */
  phaseAt(ms: number): number {
    const index = this.#phases.findIndex((phase) => ms >= phase.startMs && ms < phase.endMs);
    return index < 0 ? this.#phases.length : index;
  }

  count(phase: number, id: PacketClass): void {
    this.#counts[phase]!.packets[id] += 1;
  }

  connection(phase: number): void {
    this.#counts[phase]!.connections += 1;
  }

  /** Counts a packet in clear, and keeps its excerpt and identity. `key` is empty where it is no TCP segment. */
  clear(phase: number, ms: number, key: string, planted: boolean, payload: Buffer): void {
    this.count(phase, planted ? 'planted' : 'cleartext');
    const identity = identityIn(payload, this.#identify);
    if (this.cleartext.length >= kept && identity?.kind !== 'canary') {
      if (!planted) this.unkept += 1;
      return;
    }
    const [from, to] = key === '' ? [0, 0] : portsOf(key);
    this.cleartext.push({
      type: 'seen',
      kind: 'cleartext',
      atMs: Math.round(ms * 1000) / 1000,
      seq: identity?.seq ?? null,
      data: {
        link: this.#link,
        source: key === '' ? 'not TCP' : `${this.#name(sourceOf(key))}:${from}`,
        destination: key === '' ? 'not TCP' : `${this.#name(destinationOf(key))}:${to}`,
        planted,
        excerpt: excerptOf(payload),
      },
    });
  }

  /** One record per phase. Which phase the kernel's drops fell into is not known, so none may claim to be without. */
  records(dropped: number): TapData[] {
    const ids = [...this.#phases.map((phase) => phase.id), outsidePhases];
    return this.#counts.map(({ packets, connections }, index) => ({
      link: this.#link,
      phase: ids[index]!,
      packets,
      connections,
      dropped,
    }));
  }

  #name(raw: string): string {
    const text = addressText(raw);
    return this.#names[text] ?? text;
  }
}
