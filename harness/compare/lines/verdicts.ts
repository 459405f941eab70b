import type { Gate, Judgement, Posture } from '../../model/index.ts';
import { whyNothingShown } from '../comparable.ts';
import { sentence } from '../../../reports/text/reasons.ts';
import { judged } from '../draft.ts';
import type { Conclusion, Draft } from '../draft.ts';

/** How the attacks of a control, or of all, were judged. */
type Judged = Extract<Draft, { judged: unknown }>;
const some = (lines: readonly Judged[], wanted: Judgement): Judged | undefined =>
  lines.find(({ judged: { judgement } }) => judgement === wanted);
const alreadyJudged = (lines: readonly Draft[]): readonly Judged[] => lines.filter((line) => 'judged' in line);

const nameOf = ({ id }: Draft): string => id.replace('attack ', '');

/** What became of a claim, by what became of its attacks: the words alone do not say whether two runs tried the same. */
const byAttacks = (before: string, after: string, attacks: readonly Judged[], good: string): Conclusion => {
  const worse = attacks.filter(({ judged: { judgement } }) => judgement === 'regression');
  if (worse.length > 0) return judged('regression', `newly admitted: ${worse.map(nameOf).join(', ')}`);
  const open = some(attacks, 'not comparable');
  if (before === after && (open === undefined || before !== good)) return judged('unchanged', 'the same on both sides');
  if (open !== undefined) return judged('not comparable', `${nameOf(open)}: ${open.judged.why}`);
  if (after === good) return judged('improvement', 'what was admitted is refused now');
  return judged('not comparable', 'the verdict changed, and no attack that both sides tried says why');
};

/** A line for each control that either side claims. */
export const controlLines = (before: Posture, after: Posture, attackLines: readonly Draft[]): Draft[] => {
  const ids = [...new Set([...before.controls, ...after.controls].map(({ id }) => id))];
  return ids.map((id) => {
    const [a, b] = [before, after].map(({ controls }) => controls.find((control) => control.id === id)?.verdict);
    const own = new Set(
      [...before.attacks, ...after.attacks].flatMap((attack) => (attack.control === id ? [`attack ${attack.id}`] : [])),
    );
    const line = {
      id: `control ${id}`,
      group: 'controls' as const,
      title: `The claim ${id}`,
      critical: true,
      unit: 'word' as const,
    };
    const values = { before: a === undefined ? null : { value: a }, after: b === undefined ? null : { value: b } };
    if (a === undefined || b === undefined) {
      return {
        ...line,
        ...values,
        ...judged(
          'not comparable',
          `the plan of one side, ${(a === undefined ? before : after).plan}, does not claim it`,
        ),
      };
    }
    return {
      ...line,
      ...values,
      ...byAttacks(a, b, alreadyJudged(attackLines.filter(({ id }) => own.has(id))), 'pass'),
    };
  });
};

/** The verdict of the run, and its score. */
export const verdictLines = (before: Posture, after: Posture, attackLines: readonly Draft[], gate: Gate): Draft[] => {
  const attacks = alreadyJudged(attackLines);
  const verdict = {
    id: 'verdict',
    group: 'verdict' as const,
    title: 'The verdict of the run',
    critical: true,
    unit: 'word' as const,
  };
  const score = {
    id: 'score',
    group: 'verdict' as const,
    title: 'The score',
    critical: false,
    unit: 'points' as const,
  };
  return [
    {
      ...verdict,
      before: { value: before.verdict },
      after: { value: after.verdict },
      ...judgeVerdict(before, after, attacks),
    },
    {
      ...score,
      before: { value: before.score.value },
      after: { value: after.score.value },
      ...judgeScore(before, after, attacks, gate),
    },
  ];
};

const judgeVerdict = (before: Posture, after: Posture, attacks: readonly Judged[]): Conclusion => {
  const worse = some(attacks, 'regression');
  if (worse !== undefined) return byAttacks(before.verdict, after.verdict, attacks, 'HOLDS');
  for (const [side, { verdict, reasons }] of [
    ['after', after],
    ['before', before],
  ] as const) {
    const shownSince = side === 'before' && verdict === 'UNKNOWN' && after.verdict === 'HOLDS';
    if ((verdict === 'INVALID' || verdict === 'UNKNOWN') && !shownSince) {
      return judged(
        'not comparable',
        `${side} is ${verdict}: ${reasons[0] === undefined ? 'no reason' : sentence(reasons[0])}`,
      );
    }
  }
  return byAttacks(before.verdict, after.verdict, attacks, 'HOLDS');
};

const judgeScore = (before: Posture, after: Posture, attacks: readonly Judged[], gate: Gate): Conclusion => {
  const [a, b] = [before.score, after.score];
  if (a.table !== b.table) return judged('not comparable', `the tables of weights are ${a.table} and ${b.table}`);
  const silent = whyNothingShown(before, 'before') ?? whyNothingShown(after, 'after');
  if (silent !== null) return judged('not comparable', silent);
  if (a.value === b.value) return judged('unchanged', 'the same on both sides');
  const worse = some(attacks, 'regression');
  const open = some(attacks, 'not comparable');
  if (open !== undefined && (worse === undefined || b.value > a.value)) {
    return judged('not comparable', `it rests on ${nameOf(open)}: ${open.judged.why}`);
  }
  if (Math.abs(b.value - a.value) < gate.least.scorePoints) {
    return judged('noise', `less than ${gate.least.scorePoints} points`);
  }
  return b.value < a.value
    ? judged(
        'regression',
        b.caps[0] === undefined ? 'attacks that were refused are not any more' : sentence(b.caps[0].reason),
      )
    : judged('improvement', 'attacks that were admitted are refused now');
};
