import type { AttemptRecord, Form, Hop, OpRecord, SeenRecord } from '../../harness/model/index.ts';
import type { Crossing } from './answer.ts';

/** What became of an attempt while a hop was taken over: its caller left the handshake. */
export type Intercepted = {
  readonly outcome: Pick<AttemptRecord, 'status' | 'error' | 'proved'>;
  readonly events: readonly SeenRecord[];
  /** It came as far as the hop's caller. */
  readonly seen: readonly Crossing[];
};

/** What an interceptor prints when a caller refuses it. */
const words: Readonly<Record<string, string>> = {
  M5: 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
  tamper: 'first byte of a record of 309 bytes of application data',
};

/** An attempt within a window. Of a record that was altered the receiver ends the connection. */
export const windowEvents = (
  { data }: OpRecord,
  { attack, sentMs }: Pick<AttemptRecord, 'attack' | 'sentMs'>,
  { variant }: Form,
  crossed: readonly Crossing[],
): Intercepted => {
  const { window, hop } = data as { readonly window: number; readonly hop: Hop };
  const event = (offsetMs: number, name: string, handshake: string, detail: string): SeenRecord => ({
    type: 'seen',
    kind: 'interceptor',
    atMs: Math.round((sentMs + offsetMs) * 1000) / 1000,
    seq: null,
    data: { window, of: null, event: name, handshake, heard: false, detail },
  });
  const detail =
    words[attack] ??
    words[variant] ??
    `The client does not trust the proxy's certificate for ${hop.to}.shop.holdfast.test (tlsv1 alert unknown ca)`;
  return {
    outcome: { status: 503, error: null, proved: false },
    events: [
      event(1.5, 'connection', 'none', `from ${hop.from}`),
      event(2.1, variant === 'tamper' ? 'altered' : 'refused', variant === 'tamper' ? 'none' : 'failed', detail),
    ],
    seen: crossed.slice(0, crossed.findIndex(({ service }) => service === hop.from) + 1),
  };
};
