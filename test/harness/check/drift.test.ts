import t from 'tap';
import type { HistoryRecord } from '../../../harness/model/index.ts';
import { attackOf, attempt, end, formOf, operation, phase, runOf, traffic, witness } from '../../support/history.ts';
import { checkTold as check, reportTold as buildReport } from '../../support/check.ts';

const denied = [{ at: 'edge', enforcer: 'envoy-edge', allow: false, by: ['rules'] }];
const history = (...events: readonly HistoryRecord[]): HistoryRecord[] => [
  runOf([attackOf({ required: 1, forms: [formOf({ evidence: 'drift', decisions: denied })] })]),
  phase('rest', 0, 5000),
  phase('spike', 5000, 10_000),
  ...traffic(200, 9800, 400),
  ...events,
  end(),
];
const verdicts = (...events: HistoryRecord[]): readonly string[] =>
  check(history(...events))[0]!.judged.map(({ verdict }) => verdict);
const seen = (seq: number, atMs: number): HistoryRecord => witness(seq, atMs, { service: 'storefront' });

t.test('a request is held to what became of the first of its form, whatever the policy says', async (t) => {
  const [one, two, three] = [attempt(11, 1000), attempt(12, 6000), attempt(13, 8000)];
  t.same(verdicts(one, two), ['refused', 'refused']);
  t.same(verdicts(one, two, seen(12, 6001)), ['refused', 'admitted'], 'let in later');
  t.same(verdicts(one, seen(11, 1001), two, seen(12, 6001)), ['served', 'served'], 'wrong from the start is for P1');
  t.same(
    verdicts(one, seen(11, 1001), two, three, seen(13, 8001)),
    ['served', 'withheld', 'served'],
    'turned away later',
  );
  const lost = attempt(11, 1000, { status: 503 });
  t.same(
    verdicts(lost, two, three, seen(13, 8001)),
    ['indeterminate', 'refused', 'admitted'],
    'the first that says something',
  );
});

t.test('an incident says what was changed by hand before it', async (t) => {
  const hand = operation('edit', [5100, 5100], { service: 'edge', files: [], command: ['nginx', '-s', 'reload'] });
  const report = buildReport(history(attempt(11, 1000), hand, attempt(12, 6000), seen(12, 6001)));
  t.equal(
    report.attacks[0]?.reason,
    '1 of 2 requests decided differently from the first of their form: 1 admitted, 0 withheld',
  );
  t.match(report.incidents[0]?.evidence[0]?.witness[0], /edge was changed by hand at 5\.100 s: nginx -s reload/);
  t.same(report.incidents[0]?.phases, ['spike']);
});
