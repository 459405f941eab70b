import { z } from 'zod';
import { senders } from '../../../model/index.ts';
import type { Observer } from '../../../model/index.ts';
import { saw } from './saw.ts';

const record = z.object({
  /** Number of the interception (its operation's data). */
  window: z.number(),
  of: z.enum(senders).nullable(),
  event: z.enum(['connection', 'refused', 'closed', 'clear', 'altered']),
  handshake: z.enum(['none', 'failed', 'accepted']),
  heard: z.boolean(),
  /** For people: no code reads it. */
  detail: z.string(),
});
export type InterceptorData = z.infer<typeof record>;

/** What stood on a hop saw: a connection, its end, or a request in clear. */
export const observer: Observer<InterceptorData> = {
  id: 'interceptor',
  record,
  losses: { garbled: 'all' },
  saw,
};
