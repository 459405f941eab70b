import { z } from 'zod';
import { senders } from '../../../model/index.ts';
import type { Observer } from '../../../model/index.ts';

const record = z.object({
  of: z.enum(senders),
  service: z.string(),
  method: z.string(),
  path: z.string(),
  /** What the sidecar says of the peer: its URI SAN. */
  peer: z.string().nullable(),
  /** Spoofed values (markers of the attempt) that reached the workload, by header. Absent where there were none. */
  spoofed: z.array(z.string()).optional(),
});
export type WitnessData = z.infer<typeof record>;

/** The journals of the workloads: the ground truth. What they lack may be an admission by any attack. */
export const observer: Observer<WitnessData> = {
  id: 'witness',
  record,
  losses: { 'no-file': 'all', unreadable: 'all', missed: 'all', attempt: 'all', journal: 'all' },
};
