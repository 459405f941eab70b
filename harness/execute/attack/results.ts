import { HoldfastError } from '../../model/index.ts';
import type { Outcome } from '../../model/index.ts';
import type { Volley } from './compile.ts';
import type { Result } from './job.ts';

type Sent = Outcome & {
  readonly seq: number;
  /** Intended time, ms from the segment's origin. */
  readonly dueMs: number;
  /** CLOCK_MONOTONIC ns: when the attempt began, before any connection; when its outcome was known. */
  readonly sentNs: bigint;
  readonly endNs: bigint;
  /** The socket: attempts that shared one are one cluster. */
  readonly connection: string;
};

/** What became of an attempt; `attack` and `form` are indices into the volley's attacks. */
export type RawAttempt = Sent & { readonly attack: number; readonly form: number; readonly proved: boolean };

/** What became of a twin; `stream` is the index into the segment's twins. */
export type RawTwin = Sent & { readonly stream: number };

/** `nextSeq`: where the next volley's numbers may begin. */
export type Fired = {
  readonly attempts: readonly RawAttempt[];
  readonly twins: readonly RawTwin[];
  readonly nextSeq: number;
};

/** Joins the agents' results with the schedule by seq, in order of seq. A last line that was cut off is left out. Pure. */
export const readResults = (
  { segment, firstSeq }: Pick<Volley, 'segment' | 'firstSeq'>,
  texts: readonly string[],
): Fired => {
  const twinSlots = segment.twins.flatMap(({ atMs }, stream) => atMs.map((dueMs) => ({ stream, dueMs })));
  const attempts: RawAttempt[] = [];
  const twins: RawTwin[] = [];
  for (const line of texts.flatMap((text) => text.split('\n').slice(0, -1))) {
    const [kind, seq, sentNs, endNs, status, error, connection, proved] = JSON.parse(line) as Result;
    const sent = { seq, sentNs: BigInt(sentNs), endNs: BigInt(endNs), status, error, connection };
    const slot = kind === 'attack' ? segment.attempts[seq - firstSeq] : undefined;
    const twin = kind === 'twin' ? twinSlots[seq - firstSeq] : undefined;
    if (slot !== undefined)
      attempts.push({ ...sent, dueMs: slot[0], attack: slot[1], form: slot[2], proved: proved === 1 });
    else if (twin !== undefined) twins.push({ ...sent, ...twin });
    else throw new HoldfastError('internal', `expected results of ${kind}s from ${firstSeq} on, found ${seq}`);
  }
  const bySeq = (a: Sent, b: Sent): number => a.seq - b.seq;
  return {
    attempts: attempts.sort(bySeq),
    twins: twins.sort(bySeq),
    nextSeq: firstSeq + Math.max(segment.attempts.length, twinSlots.length),
  };
};
