import type { Arrival, LegitRecord } from '../../model/index.ts';

/** What became of one arrival; times in ms from the segment's origin. In the order of the arrivals, one for each. */
export type RawLegit = Omit<LegitRecord, 'type'>;

/** k6's error codes that tell something of the stack; the others keep their number (grafana/k6, lib/netext/httpext/error_codes.go). */
const errors: Readonly<Record<string, string>> = {
  e1050: 'timeout',
  e1101: 'dns',
  e1200: 'tcp',
  e1211: 'dial-timeout',
  e1212: 'refused',
  e1220: 'reset',
  e1310: 'unknown-authority',
  e1311: 'wrong-hostname',
};

const line = /^(\d+) (\S+) (\S+) (\S+)$/;

/** The origin that k6 announced, in wall-clock ms; null where it did not (yet). */
export const readOrigin = (text: string): number | null => {
  const match = /^origin (\d+\.\d{3})$/m.exec(text);
  return match === null ? null : Number(match[1]);
};

/**
 * Reads what k6 said of each arrival. An arrival without a line was not sent as far as anyone knows, and counts as dropped:
 * `dropped` where k6 said so, `unrecorded` where k6 ended or was ended before it said anything.
 */
export const readResults = (text: string, arrivals: readonly Arrival[], firstSeq: number): readonly RawLegit[] => {
  const results: RawLegit[] = arrivals.map(([dueMs, , route], i) => ({
    seq: firstSeq + i,
    route,
    dueMs,
    sentMs: null,
    endMs: null,
    status: null,
    error: 'unrecorded',
  }));
  for (const entry of text.split('\n')) {
    const match = line.exec(entry);
    if (match === null) continue;
    const [, index, sent, end, outcome] = match as unknown as [string, string, string, string, string];
    const known = results[Number(index)];
    if (known === undefined) continue;
    if (outcome === 'dropped') {
      results[Number(index)] = { ...known, error: 'dropped' };
      continue;
    }
    const status = /^\d{3}$/.test(outcome) ? Number(outcome) : null;
    const times = { sentMs: Number(sent), endMs: Number(end) };
    if (!Number.isFinite(times.sentMs) || !Number.isFinite(times.endMs)) continue;
    results[Number(index)] = {
      ...known,
      ...times,
      status,
      error: status === null ? (errors[outcome] ?? `k6-${outcome.slice(1)}`) : null,
    };
  }
  return results;
};
