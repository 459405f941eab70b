import t from 'tap';
import { compare, postureOf } from '../../../harness/compare/index.ts';
import type { HistoryRecord, Report } from '../../../harness/model/index.ts';
import { reasonCodes } from '../../../harness/model/index.ts';
import { bundlesOf, outcomeOf } from '../../../harness/reproduce/index.ts';
import { leftOut, sentence } from '../../../reports/text/index.ts';
import { losses } from '../../../reports/text/losses.ts';
import { sentences } from '../../../reports/text/reasons.ts';
import { sampleGate } from '../../../reports/comparison/sample.ts';
import { finishedRun } from '../../harness/reproduce/finished.ts';
import { buildReport } from '../../support/check.ts';
import {
  attackOf,
  attempt,
  end,
  formOf,
  intercepted,
  loss,
  hops,
  phase,
  runOf,
  traffic,
  window,
  witness,
} from '../../support/history.ts';

/** Histories of many endings. */
const around = traffic(0, 5000, 200);
const histories: readonly (readonly HistoryRecord[])[] = [
  [runOf([attackOf()]), phase('rest', 0, 5000), ...around, attempt(1, 1000), attempt(2, 2000), attempt(3, 3000), end()],
  [runOf([attackOf()]), phase('rest', 0, 5000), ...around, attempt(1, 1000), witness(1, 1001), end()],
  [runOf([attackOf()]), phase('rest', 0, 5000), attempt(1, 1000, { status: 503 }), loss('witness', 'missed', 3), end()],
  [
    runOf([attackOf({ run: false })], { only: 'M*' }),
    phase('rest', 0, 5000),
    end({ partial: true, reason: 'stopped' }),
  ],
  [
    runOf([attackOf({ forms: [formOf({ evidence: 'interceptor' })] })]),
    phase('rest', 0, 5000),
    ...around,
    window(1, [1000, 2000], { attack: 'E3', hop: hops[0]! }),
    intercepted(1, 1500, 'closed', { handshake: 'accepted', heard: true, detail: 'any words at all' }),
    attempt(1, 1500, { status: 503 }),
    end(),
  ],
];

const weak = finishedRun((attack, form) => attack === 'E2' && form === 1);
const sound = finishedRun(() => false);
const [bundle] = bundlesOf(weak);

const gist = ({ verdict, score, attacks, controls }: Report): unknown => ({
  verdict,
  score: [score.value, score.letter, score.caps.map(({ letter }) => letter)],
  attacks: attacks.map((one) => [
    one.id,
    one.verdict,
    one.refused,
    one.admitted,
    one.indeterminate,
    leftOut(one) !== null,
  ]),
  controls: controls.map(({ id, verdict: own }) => [id, own]),
});

/** Everything that is concluded, without a word of why. */
const conclusions = (): unknown => {
  const reports = [...histories.map((records) => buildReport(records)), weak.report, sound.report];
  const blind = {
    ...sound.report,
    attacks: sound.report.attacks.map((one) => ({ ...one, indeterminate: one.attempts })),
  };
  const side = (report: Report) => ({ label: 'a side', postures: [postureOf(report)] as const, files: null });
  const compared = (before: Report, after: Report): unknown => {
    const { verdict, lines } = compare(side(before), side(after), sampleGate, '0.1.0');
    return [verdict, lines.map(({ id, judgement, gate }) => [id, judgement, gate])];
  };
  return {
    reports: reports.map(gist),
    bytes: reports.map((report) => JSON.stringify(report)),
    outcomes: [...reports, blind, { ...sound.report, partial: true }].map((report) => {
      const { outcome, admitted, of } = outcomeOf(bundle!, report);
      return [outcome, admitted, of];
    }),
    compared: reports.flatMap((before) => reports.map((after) => compared(before, after))),
  };
};

t.test(
  'other sentences change no verdict, no score, no comparison, no reproduction, and no byte of a report',
  async (t) => {
    t.strictSame(Object.keys(sentences).toSorted(), [...reasonCodes].toSorted(), 'a sentence for each code');
    const before = conclusions();
    const words = { ...sentences };
    const lost = { ...losses };
    t.teardown(() => {
      Object.assign(sentences, words);
      Object.assign(losses, lost);
    });
    for (const other of [
      () => 'in other words',
      () => '',
      () => 'not applicable to it: the run was narrowed, E2: determinate',
    ] as const) {
      for (const code of reasonCodes) Object.assign(sentences, { [code]: other });
      for (const observer of Object.keys(losses)) losses[observer] = {};
      t.equal(sentence({ code: 'twin-failed', data: {} }), other());
      t.strictSame(conclusions(), before);
    }
  },
);

t.test('other words of an interceptor change nothing that is concluded', async (t) => {
  for (const records of histories) {
    const reworded = records.map((record) =>
      record.type === 'seen' ? { ...record, data: { ...record.data, detail: 'and sent nothing' } } : record,
    );
    t.strictSame(gist(buildReport(reworded)), gist(buildReport(records)));
  }
});
