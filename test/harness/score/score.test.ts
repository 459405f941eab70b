import fc from 'fast-check';
import t from 'tap';
import { reason } from '../../../harness/model/index.ts';
import type { AttackRecord, HistoryRecord, Reason } from '../../../harness/model/index.ts';
import { score } from '../../../harness/score/index.ts';
import { attackOf, attempt, end, phase, runOf, traffic, witness } from '../../support/history.ts';
import { buildReport, told } from '../../support/check.ts';

const attacks = [
  { id: 'E1', control: 'edge', critical: true },
  { id: 'E2', control: 'edge', critical: false },
  { id: 'M1', control: 'mtls', critical: true },
  { id: 'D1', control: 'defaults', critical: false },
] as const;

t.test('caps, with their reasons', async (t) => {
  const of = (verdicts: readonly ('pass' | 'fail' | 'unknown')[], run: Reason[] = []) =>
    told(
      score({
        attacks: attacks.map((attack, i) => ({ ...attack, verdict: verdicts[i] ?? 'pass', reason: null })),
        instrument: [],
        run,
      }),
    );
  t.match(of([]), { value: 100, letter: 'A', caps: [] });
  t.match(of(['pass', 'fail']), {
    value: 69,
    letter: 'D',
    caps: [{ letter: 'D', reason: /attack E2 broke its claim/ }],
  });
  t.match(of(['fail', 'fail']), {
    value: 49,
    letter: 'F',
    caps: [{ letter: 'F', reason: /critical attack E1/ }, { letter: 'D' }],
  });
  t.match(of(['unknown']), { letter: 'F', caps: [{ reason: /left its claim unproven/ }] });
  t.match(of([], [reason('interrupted', { by: null })]), { value: 0, letter: 'F', caps: [{ reason: /interrupted/ }] });
  t.match(score({ attacks: [], instrument: [], run: [] }), { value: 0, letter: 'F' });
});

type Fate = 'refused' | 'admitted' | 'undetermined';
const fates = fc.array(
  fc.array(fc.constantFrom<Fate>('refused', 'refused', 'refused', 'admitted', 'undetermined'), {
    minLength: 1,
    maxLength: 6,
  }),
  {
    minLength: attacks.length,
    maxLength: attacks.length,
  },
);

/** A history in which each attempt of each attack has its fate; an undetermined one was sent when nobody else was. */
const historyOf = (all: readonly (readonly Fate[])[]): HistoryRecord[] => {
  let seq = 0;
  const events = all.flatMap((own, i) =>
    own.flatMap((fate): HistoryRecord[] => {
      const atMs = fate === 'undetermined' ? 9000 : 1000 + seq * 10;
      const record = attempt(seq, atMs, { attack: attacks[i]?.id ?? '' });
      seq += 1;
      return fate === 'admitted' ? [record, witness(record.seq, atMs)] : [record];
    }),
  );
  return [
    runOf(attacks.map((attack) => attackOf({ ...attack, required: 2 }))),
    phase('rest', 0, 10_000),
    ...traffic(0, 6000, 20),
    ...events,
    end(),
  ];
};

/** Ways in which evidence is lost. */
const losses: readonly ((history: readonly HistoryRecord[], pick: number) => HistoryRecord[])[] = [
  // The record of an attempt, admitted or not: what the witness saw of it stays.
  (history, pick) => {
    const victims = history.filter((record) => record.type === 'attempt');
    return history.filter((record) => record !== victims[pick % victims.length]);
  },
  // The twins of an attempt.
  (history, pick) => {
    const fromMs = (pick * 37) % 6000;
    return history.map((record) =>
      record.type === 'legit' && record.dueMs >= fromMs && record.dueMs < fromMs + 100
        ? { ...record, status: 503 }
        : record,
    );
  },
  // A whole attack.
  (history, pick) => {
    const id = attacks[pick % attacks.length]?.id;
    const unrun = (attack: AttackRecord): AttackRecord => (attack.id === id ? { ...attack, run: false } : attack);
    return history
      .filter((record) => record.type !== 'attempt' || record.attack !== id)
      .map((record) => (record.type === 'run' ? { ...record, attacks: record.attacks.map(unrun) } : record));
  },
  // The end of the run.
  (history) =>
    history.map((record) => (record.type === 'end' ? { ...record, partial: true, reason: 'stopped' } : record)),
];

t.test('losing evidence never raises the score', async () => {
  fc.assert(
    fc.property(
      fates,
      fc.array(fc.tuple(fc.nat(losses.length - 1), fc.nat(1000)), { minLength: 1, maxLength: 4 }),
      (all, steps) => {
        let history = historyOf(all);
        let before = buildReport(history).score;
        for (const [how, pick] of steps) {
          history = losses[how]?.(history, pick) ?? history;
          const after = buildReport(history).score;
          if (after.value > before.value || after.letter < before.letter) return false;
          before = after;
        }
        return true;
      },
    ),
    { numRuns: 300 },
  );
});
