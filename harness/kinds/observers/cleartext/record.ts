import { z } from 'zod';
import type { Observer } from '../../../model/index.ts';

const record = z.object({
  link: z.string(),
  source: z.string(),
  destination: z.string(),
  /** The harness sent it on purpose, to show that the tap works. */
  planted: z.boolean(),
  excerpt: z.string(),
});
export type CleartextData = z.infer<typeof record>;

/** A packet in clear that the tap saw. */
export const observer: Observer<CleartextData> = { id: 'cleartext', record, losses: {} };
