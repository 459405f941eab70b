import { z } from 'zod';
import type { LossRecord, SeenRecord } from '../../../model/index.ts';
import { fromMonotonic } from '../../../execute/clock/index.ts';
import type { RunClock } from '../../../execute/clock/index.ts';
import { readRequestId } from '../../../execute/identity/request-id.ts';
import { readLines } from '../support/lines.ts';

const entryShape = z.object({
  t: z.string().regex(/^\d+$/),
  id: z.string().nullable(),
  m: z.string(),
  p: z.string(),
  x: z.string().nullable(),
  h: z.record(z.string(), z.string()).default({}),
});

/** The URI of the peer in an `x-forwarded-client-cert` value that the sidecar set (Envoy's `URI=` element). */
const peerOf = (xfcc: string | null): string | null => /(?:^|[;,])URI=([^;,]*)/i.exec(xfcc ?? '')?.[1] ?? null;

export type WitnessContext = {
  readonly run: string;
  readonly key: Uint8Array;
  readonly clock: RunClock;
  /** The values that an attempt plants in spoofed headers, by its sequence number. */
  readonly markersOf: (seq: number) => Readonly<Record<string, string>>;
};

/**
 * The journal of one workload (the workload of the app), as history records. An entry whose identity is not of this run is kept as
 * `forged`; a line that cannot be read is counted as lost, and so is a journal that is not there. Effects: reads the file.
 */
export const readJournal = (
  file: string,
  service: string,
  context: WitnessContext,
): { seen: SeenRecord[]; losses: LossRecord[] } => {
  const { entries, losses } = readLines(
    file,
    { observer: 'witness', data: { service } },
    (value) => entryShape.safeParse(value).data ?? null,
  );
  const seen = entries.map((entry): SeenRecord => {
    const identity = entry.id === null ? null : readRequestId(context.run, context.key, entry.id);
    const spoofed =
      identity?.kind === 'attack'
        ? spoofedHeaders(headersOf(entry), Object.values(context.markersOf(identity.seq)))
        : [];
    return {
      type: 'seen',
      kind: 'witness',
      atMs: fromMonotonic(context.clock, BigInt(entry.t)),
      seq: identity?.seq ?? 0,
      data: {
        of: identity?.kind ?? 'forged',
        service,
        method: entry.m,
        path: entry.p,
        peer: peerOf(entry.x),
        ...(spoofed.length > 0 && { spoofed }),
      },
    };
  });
  return { seen, losses };
};

/**
 * Where a spoofed value may stand. The journal keeps what the sidecar says of the peer apart from the other headers; and a proxy
 * that believes X-Original-URL and its like puts the value into the path, and the header away.
 */
const headersOf = ({ h, x, p }: z.infer<typeof entryShape>): Record<string, string> => ({
  ...h,
  ...(x !== null && { 'x-forwarded-client-cert': x }),
  ':path': p,
});

const spoofedHeaders = (headers: Record<string, string>, markers: readonly string[]): string[] =>
  Object.entries(headers)
    .filter(([, value]) => markers.some((marker) => value.includes(marker)))
    .map(([name, value]) => `${name}: ${value}`);
