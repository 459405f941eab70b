import t from 'tap';
import { parseReport } from '../../reports/index.ts';
import { soundReport } from '../../reports/samples/index.ts';
import { upgradeBaseline } from '../../reports/older.ts';
import { baselineSchema } from '../../reports/schema/index.ts';
import { postureOf } from '../../harness/compare/index.ts';
import { leftOut, lossText, sentence } from '../../reports/text/index.ts';

/** A report as version 1 wrote it: sentences in the place of codes. */
const { operations: _, ...timeline } = soundReport.timeline;
const older = {
  ...soundReport,
  schema: 'https://holdfast.dev/report/v1',
  verdict: 'UNKNOWN',
  reasons: ['E1: it was not run: the run was narrowed by --only M*', 'the history has no end'],
  score: { ...soundReport.score, caps: [{ letter: 'F', reason: 'the history has no end' }] },
  controls: soundReport.controls.map((control) => ({ ...control, reasons: ['E1: it was not run'] })),
  attacks: soundReport.attacks.map((attack, i) => ({
    ...attack,
    attempts: 0,
    reason:
      i === 0
        ? 'not applicable to some-stack: it has no mesh: none'
        : 'it was not run: the run was narrowed by --only M*',
    indeterminateReasons: { 'its twin did not succeed either': 5 },
  })),
  losses: [{ what: 'wall clock', count: 1, detail: 'stepped by 3 ms during the run' }],
  timeline,
};

t.test('a report of version 1 is read, its sentences as they are', async (t) => {
  const report = parseReport(JSON.stringify(older), 'report.json');
  t.equal(report.schema, 'https://holdfast.dev/report/v2');
  t.strictSame(report.reasons.map(sentence), older.reasons);
  t.equal(sentence(report.score.caps[0]!.reason), 'the history has no end');
  t.strictSame(report.controls[0]?.reasons.map(sentence), ['E1: it was not run']);
  const [first, second] = report.attacks;
  t.match(first?.reason, { code: 'not-applicable', data: { stack: 'some-stack', why: 'it has no mesh: none' } });
  t.equal(leftOut(second!), 'it was not run: --only M* left it out');
  t.match(first?.indeterminateReasons, [{ reason: { code: 'said' }, count: 5 }]);
  t.strictSame(lossText(report.losses[0]!), { what: 'wall clock', detail: 'stepped by 3 ms during the run' });
  t.strictSame(report.timeline.operations, []);
});

t.test('a baseline of version 1 is read as well', async (t) => {
  const { timeline: whole, ...posture } = postureOf(soundReport);
  const { operations: _none, ...before } = whole;
  const baseline = {
    schema: 'https://holdfast.dev/baseline/v1',
    name: 'main',
    runs: [{ report: '0'.repeat(64), posture: { ...posture, timeline: before, reasons: ['the history has no end'] } }],
  };
  t.notOk(baselineSchema.safeParse(baseline).success);
  const read = baselineSchema.parse(upgradeBaseline(baseline));
  t.strictSame(read.runs[0]?.posture.reasons.map(sentence), ['the history has no end']);
});

t.test('a report of a later version is said to be one', async (t) => {
  const later = JSON.stringify({ ...soundReport, schema: 'https://holdfast.dev/report/v9' });
  t.throws(() => parseReport(later, 'report.json'), {
    code: 'bad-run',
    message: /found version 9: it was made by a later version of Holdfast/,
    place: { file: 'report.json' },
  });
});
