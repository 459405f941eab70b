import type { Kind } from './history.ts';
import type { Hop } from './stack.ts';

/** A hop that was taken over. `error`: null, or why the window proves nothing. */
export type WindowRecord = {
  readonly type: 'window';
  readonly window: number;
  readonly attack: string;
  readonly form: number;
  readonly hop: Hop;
  readonly startMs: number;
  readonly endMs: number;
  readonly error: string | null;
};

/** What stood on a hop saw: a connection, its end, or a request in clear. */
export type InterceptorRecord = {
  readonly type: 'interceptor';
  readonly window: number;
  readonly atMs: number;
  readonly event: 'connection' | 'refused' | 'closed' | 'clear' | 'altered';
  readonly kind: Kind | null;
  readonly seq: number | null;
  readonly detail: string;
};

/** What a packet on a link can be: nothing is left over, for what cannot be told is `unclassified`. */
export const packetClasses = [
  'arp',
  'ip-other',
  'tcp-control',
  'tls-handshake',
  'tls-data',
  'tls-alert',
  'cleartext',
  'planted',
  'unclassified',
] as const;
export type PacketClass = (typeof packetClasses)[number];

/** One mesh link in one phase: every packet, classified. `dropped`: packets that the capture itself lost. */
export type TapRecord = {
  readonly type: 'tap';
  readonly link: string;
  readonly phase: string;
  readonly packets: Readonly<Record<PacketClass, number>>;
  readonly connections: number;
  readonly dropped: number;
};

/** A packet in clear. `planted`: the harness sent it on purpose, to show that the tap works. */
export type CleartextRecord = {
  readonly type: 'cleartext';
  readonly link: string;
  readonly atMs: number;
  readonly source: string;
  readonly destination: string;
  readonly planted: boolean;
  readonly seq: number | null;
  readonly excerpt: string;
};
