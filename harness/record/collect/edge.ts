import { z } from 'zod';
import type { LossRecord, SeenRecord } from '../../model/index.ts';
import { fromWall } from '../../execute/clock/index.ts';
import type { RunClock } from '../../execute/clock/index.ts';
import { readRequestId } from '../../execute/identity/request-id.ts';
import { readLines } from './lines.ts';
import { traefikEntry } from './traefik.ts';

const ownEntry = z.object({
  /** Seconds since the epoch, at which the request arrived; or, where `took` is given, at which it ended. */
  at: z.coerce.number().positive(),
  /** Seconds. */
  took: z.coerce.number().nonnegative().default(0),
  id: z.string().nullish(),
  status: z.number(),
  flags: z.string().nullish(),
  reason: z.string().nullish(),
});

const entryShape = z.union([ownEntry, traefikEntry]);

/** The edge's access log, as history records: arrival times that no sender took. Effects: reads the file. */
export const collectEdge = (
  file: string,
  context: { readonly run: string; readonly key: Uint8Array; readonly clock: RunClock },
): { records: SeenRecord[]; losses: LossRecord[] } => {
  const { entries, losses } = readLines(
    file,
    { observer: 'edge-log', data: {} },
    (value) => entryShape.safeParse(value).data ?? null,
    // HAProxy, of a process that a reload has replaced.
    /^Proxy \S+ stopped \(/,
  );
  const records = entries.map((entry): SeenRecord => {
    const identity = readRequestId(context.run, context.key, entry.id ?? '');
    const reason = [entry.flags, entry.reason].filter((part) => part && part !== '-').join(' ');
    return {
      type: 'seen',
      kind: 'edge-log',
      atMs: fromWall(context.clock, (entry.at - entry.took) * 1000),
      seq: identity?.seq ?? 0,
      data: { of: identity?.kind ?? 'forged', status: entry.status, reason },
    };
  });
  return { records, losses };
};
