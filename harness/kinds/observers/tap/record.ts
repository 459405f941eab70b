import { z } from 'zod';
import type { Observer } from '../../../model/index.ts';

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

const record = z.object({
  link: z.string(),
  phase: z.string(),
  packets: z.record(z.enum(packetClasses), z.number()),
  connections: z.number(),
  /** Packets that the capture itself lost. */
  dropped: z.number(),
});
export type TapData = z.infer<typeof record>;

/** One mesh link in one phase: every packet, classified. */
export const observer: Observer<TapData> = {
  id: 'tap',
  record,
  losses: { dropped: 'own', file: 'own', cut: 'none', 'not-kept': 'none', 'not-planted': 'none' },
};
