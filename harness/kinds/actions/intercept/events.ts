import { z } from 'zod';

/** How far a caller came with an interceptor: no handshake, one that failed, one in which it took the interceptor for the callee. */
export const handshakes = ['none', 'failed', 'accepted'] as const;

/** What an interceptor says, as printed by addon.py and impostor/main.ts. `detail` is for people: no code reads it. */
export type InterceptorEvent = {
  readonly event: 'connection' | 'refused' | 'closed' | 'clear' | 'altered';
  readonly handshake: (typeof handshakes)[number];
  /** True where a byte came from the caller after the handshake. */
  readonly heard: boolean;
  /** CLOCK_MONOTONIC. */
  readonly atNs: bigint;
  readonly port: number;
  /** The identity's text as read in clear; to be verified. */
  readonly id: string | null;
  readonly detail: string;
};

const line = z.strictObject({
  event: z.enum(['ready', 'connection', 'refused', 'closed', 'clear', 'altered']),
  atNs: z.string().regex(/^\d+$/),
  port: z.int().min(0),
  handshake: z.enum(handshakes),
  heard: z.boolean(),
  id: z.string().max(200).nullable(),
  detail: z.string(),
});

/** Reads one line of an interceptor: an event, `ready`, or null where it is neither. What it quotes from the wire is cut short. */
export const readEvent = (text: string): InterceptorEvent | 'ready' | null => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = line.safeParse(json);
  if (!parsed.success) return null;
  const { event, atNs, detail, ...rest } = parsed.data;
  return event === 'ready' ? 'ready' : { event, atNs: BigInt(atNs), ...rest, detail: detail.slice(0, 200) };
};
