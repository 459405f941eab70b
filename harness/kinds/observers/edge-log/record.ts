import { z } from 'zod';
import { senders } from '../../../model/index.ts';
import type { Observer } from '../../../model/index.ts';

const record = z.object({
  of: z.enum(senders),
  status: z.number(),
  reason: z.string(),
  /** What the log says that the edge did, as its product has it read; null where it does not say. Absent in older histories. */
  did: z.enum(['allow', 'deny']).nullable().optional(),
});
export type EdgeLogData = z.infer<typeof record>;

/** The edge's own access log: arrival times that no sender took. No verdict rests on a line of it that is not there. */
export const observer: Observer<EdgeLogData> = {
  id: 'edge-log',
  record,
  losses: { 'no-file': 'none', unreadable: 'none' },
};
