import type { EvidenceKind, Kinds, ScheduledAttack, Segment } from '../../model/index.ts';
import { markersOf } from '../attack/index.ts';
import type { AttemptsNow } from './state.ts';

/** What agents and witnesses have written of a segment's attempts, folded as it comes. No effects, as with the load. */
export type AttemptTally = {
  /** Whole lines of an agent's results (execute/attack/job). */
  readonly takeResults: (text: string) => void;
  /** Whole lines of a witness's journal (the workload of the app). */
  readonly takeJournal: (text: string) => void;
  /** The figures at a time, ms from the segment's origin; the times asked for only rise. */
  readonly at: (elapsedMs: number) => Omit<AttemptsNow, 'scheduled'>;
};

export type AttemptTallyInputs = {
  readonly run: string;
  readonly segment: Pick<Segment, 'attempts'>;
  readonly attacks: readonly Pick<ScheduledAttack, 'forms'>[];
  /** How an admission shows that needs no judgement is said by its evidence (`live`). */
  readonly evidence: Kinds['evidence'];
  /** Sequence number of the segment's first attempt; the others follow. */
  readonly firstSeq: number;
  /** The sequence number in an identity, or null where it is no attempt of this run. */
  readonly seqOf: (identity: string) => number | null;
};

/** What is known of an attempt, as bits. */
const answered = 1;
const gotIn = 2;
const both = answered | gotIn;

export const attemptTally = ({
  run,
  segment,
  attacks,
  evidence,
  firstSeq,
  seqOf,
}: AttemptTallyInputs): AttemptTally => {
  const { attempts } = segment;
  const known = new Uint8Array(attempts.length);
  let [due, told, admitted] = [0, 0, 0];

  const evidenceOf = (seq: number): EvidenceKind | undefined => {
    const slot = attempts[seq - firstSeq];
    return slot === undefined ? undefined : evidence.get(attacks[slot[1]]?.forms[slot[2]]?.evidence ?? '');
  };
  const mark = (seq: number, bit: number): void => {
    const before = known[seq - firstSeq]!;
    const now = before | bit;
    known[seq - firstSeq] = now;
    if (bit === answered && now !== before) told += 1;
    // Only with an outcome: an attempt that a Ctrl-C cuts off has no record, and the report would not count it.
    if (now === both && before !== both) admitted += 1;
  };

  const prefix = `"id":"${run}.attack.`;
  return {
    takeResults: (text) => {
      for (const line of text.split('\n')) {
        const result = parsed(line);
        if (result === null) continue;
        const kind = evidenceOf(result.seq);
        if (kind === undefined) continue;
        mark(result.seq, answered);
        const by = kind.live.result;
        if ((by === 'status' && result.status !== null) || (by === 'proof' && result.proved)) mark(result.seq, gotIn);
      }
    },
    takeJournal: (text) => {
      // Most lines are replayed traffic: they are not even parsed.
      for (let at = text.indexOf(prefix); at !== -1; at = text.indexOf(prefix, at + 1)) {
        const from = at + '"id":"'.length;
        const seq = seqOf(text.slice(from, text.indexOf('"', from)));
        const kind = seq === null ? undefined : evidenceOf(seq);
        if (seq === null || kind === undefined || !kind.live.witness) continue;
        const end = text.indexOf('\n', at);
        const line = text.slice(text.lastIndexOf('\n', at) + 1, end === -1 ? text.length : end);
        if (kind.live.marked !== true || Object.values(markersOf(seq)).some((marker) => line.includes(marker)))
          mark(seq, gotIn);
      }
    },
    at: (elapsedMs) => {
      while (due < attempts.length && attempts[due]![0] <= elapsedMs) due += 1;
      return { due, answered: told, admitted };
    },
  };
};

type Told = { readonly seq: number; readonly status: number | null; readonly proved: boolean };

/** An attempt's line of an agent's results; null for a twin's, and for what is none. */
const parsed = (line: string): Told | null => {
  if (!line.startsWith('["attack",')) return null;
  try {
    const [, seq, , , status, , , proved] = JSON.parse(line) as unknown[];
    return { seq: Number(seq), status: typeof status === 'number' ? status : null, proved: proved === 1 };
  } catch {
    return null;
  }
};
