import { z } from 'zod';

/** What an interceptor says, as printed by addon.py and impostor/main.ts. */
export type InterceptorEvent = {
  readonly event: 'connection' | 'refused' | 'closed' | 'clear' | 'altered';
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
  const { event, atNs, port, id, detail } = parsed.data;
  return event === 'ready' ? 'ready' : { event, atNs: BigInt(atNs), port, id, detail: detail.slice(0, 200) };
};
