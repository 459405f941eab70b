import fc from 'fast-check';
import t from 'tap';
import * as stage from '../../../harness/check/index.ts';
import type { Action, Disturbs, HistoryRecord, Kinds, LegitRecord } from '../../../harness/model/index.ts';
import { kinds as known, told } from '../../support/check.ts';
import {
  attackOf,
  attempt,
  edgeLog,
  end,
  hops,
  legit,
  operation,
  phase,
  plan,
  runOf,
  traffic,
  window,
  withJournals,
  witness,
} from '../../support/history.ts';

/** An action that disturbs what its operation says: kinds of a user's own are asked as those of the repository. */
const strike: Action<Disturbs> = {
  id: 'strike',
  op: undefined as unknown as Action<Disturbs>['op'],
  disturbs: (op) => op,
  text: () => 'a strike',
};
const kinds: Kinds = { ...known, actions: new Map([...known.actions, ['strike', strike as unknown as Action]]) };

const whole: Disturbs = {
  places: ['edge'],
  excuses: ['failure', 'latency', 'drop', 'lateness'],
  beforeMs: 0,
  afterMs: 0,
  attacked: true,
};
const struck = (fromMs: number, toMs: number, more: Partial<Disturbs> = {}): HistoryRecord =>
  operation('strike', [fromMs, toMs], { ...whole, ...more });
const report = (records: readonly HistoryRecord[]) => stage.buildReport(withJournals(records), kinds);

/** A run in which the edge was down from 5 s to 7 s, and whoever asked in that time got no answer. */
const down = ({ dueMs }: { dueMs: number }): boolean => dueMs >= 5000 && dueMs < 7000;
const history = (...more: readonly HistoryRecord[]): HistoryRecord[] => [
  runOf([attackOf({ required: 20 })]),
  phase('rest', 0, 5000),
  phase('spike', 5000, 7000),
  phase('recovery', 7000, 12_000),
  ...traffic(0, 12_000, 50).map((request): LegitRecord =>
    down(request)
      ? { ...request, sentMs: request.seq % 3 === 0 ? null : request.sentMs, status: null, error: 'ECONNREFUSED' }
      : request,
  ),
  ...Array.from({ length: 60 }, (_, i) => attempt(i, 100 + i * 198)).map((one) =>
    down(one) ? { ...one, status: null, error: 'ECONNREFUSED' } : one,
  ),
  ...more,
  end(),
];

t.test('what the harness does to the stack excuses it from answering, in its time and place', async (t) => {
  t.match(report(history()), { verdict: 'INVALID' }, 'drops that nothing excuses');
  const { verdict, reasons, load, attacks, timeline } = report(history(struck(5000, 7000)));
  t.same(reasons.map(told), []);
  t.equal(verdict, 'HOLDS');
  t.ok(load.dropped > 0, 'drops are counted all the same');
  t.match(load, { failed: 0, latencyMs: { spike: { requests: 0, leftOut: 40 } } });
  t.same(timeline.operations, [{ kind: 'strike', places: ['edge'], startMs: 5000, endMs: 7000, error: null }]);
  t.match(attacks[0], {
    verdict: 'pass',
    indeterminateReasons: [{ reason: { code: 'disturbed', data: { action: 'strike', places: ['edge'] } } }],
    notShown: [{ code: 'phase-disturbed', data: { phase: 'spike', action: 'strike' } }],
  });
  t.equal(attacks[0]?.phases['spike']?.refused, 0, 'and nothing counts as shown there');
});

t.test('in another place, at another time, or for something else it excuses nothing', async (t) => {
  const shown = (one: HistoryRecord): string => report(history(one)).attacks[0]!.verdict;
  t.equal(shown(struck(5000, 7000)), 'pass');
  t.equal(shown(struck(5000, 7000, { places: ['elsewhere'] })), 'unknown');
  t.equal(shown(struck(8000, 10_000)), 'unknown');
  t.equal(shown(struck(5000, 7000, { excuses: ['latency', 'drop', 'lateness'] })), 'unknown');
  t.equal(shown(struck(5000, 7000, { attacked: false })), 'unknown', 'attempts are scheduled around it');
  t.equal(report(history(struck(5000, 7000, { excuses: ['failure', 'latency', 'lateness'] }))).verdict, 'INVALID');
});

t.test('too few determinate attempts in all stay unknown, whatever excuses the others', async (t) => {
  const [run, ...rest] = history(struck(5000, 7000));
  if (run?.type !== 'run') throw new Error('no run');
  const more = { ...run, attacks: run.attacks.map((one) => ({ ...one, required: 60 })) };
  t.match(report([more, ...rest]).attacks[0], { verdict: 'unknown', reason: { code: 'too-few-attempts' } });
});

t.test('an attempt in the midst of it is held to what became of its twins there', async (t) => {
  const one = attempt(9, 1000, { status: null, error: 'closed' });
  const failed = legit(1, 1050, { status: null, error: 'ECONNREFUSED' });
  const records = (strikes: readonly HistoryRecord[]): HistoryRecord[] => [
    runOf([attackOf({ required: 1 })]),
    phase('rest', 0, 3000),
    legit(0, 800),
    failed,
    legit(2, 1300),
    one,
    edgeLog('attack', 9, 1000),
    ...strikes,
    end(),
  ];
  t.match(report(records([])).attacks[0], { refused: 0, indeterminate: 1 });
  const { refused, indeterminateReasons } = report(records([struck(950, 1200)])).attacks[0]!;
  t.equal(refused, 0, 'the twins around it do not stand for the moment at which nobody was served');
  t.match(indeterminateReasons, [{ reason: { code: 'disturbed' } }]);
  t.match(report(records([struck(1030, 1200)])).attacks[0], { refused: 1 }, 'before it, the way was open');
});

t.test('a request that the policy allows, and that was cut off meanwhile, is not withheld', async (t) => {
  const decisions = [{ at: 'orders', enforcer: null, allow: true, by: ['calls'] }];
  const form = {
    ...attackOf().forms[0]!,
    evidence: 'decision',
    target: 'orders',
    vantage: 'neighbour',
    decisions,
  } as const;
  const of = (more: Parameters<typeof attempt>[2], ...strikes: HistoryRecord[]): string =>
    report([
      runOf([attackOf({ required: 1, forms: [form] })]),
      phase('rest', 0, 3000),
      ...traffic(0, 3000, 200),
      attempt(9, 1000, more),
      ...strikes,
      end(),
    ]).attacks[0]!.verdict;
  const cut = { status: null, error: 'ECONNRESET' };
  t.equal(of(cut), 'fail');
  t.equal(of(cut, struck(900, 1100, { places: ['orders'] })), 'unknown');
  t.equal(of({ status: 403 }, struck(900, 1100, { places: ['orders'] })), 'fail', 'an answer is a decision');
});

const places = ['edge', 'storefront', 'orders', 'edge→storefront', 'storefront→orders', 'elsewhere'];
const disturbance = fc.record({
  fromMs: fc.integer({ min: -500, max: 12_000 }),
  lengthMs: fc.integer({ min: 0, max: 12_000 }),
  places: fc.subarray(places),
  excuses: fc.subarray(['failure', 'latency', 'drop', 'lateness'] as const),
  attacked: fc.boolean(),
});

t.test('no disturbance ever excuses an admission', async () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(59), { maxLength: 10 }),
      fc.array(disturbance, { minLength: 1, maxLength: 3 }),
      (seqs, disturbances) => {
        const seen = seqs.map((seq) => witness(seq, 100 + seq * 198));
        const strikes = disturbances.map(({ fromMs, lengthMs, ...more }) => struck(fromMs, fromMs + lengthMs, more));
        const admittedOf = (records: readonly HistoryRecord[]): string =>
          JSON.stringify(
            stage
              .check(records, kinds)[0]!
              .judged.filter(({ verdict }) => verdict === 'admitted')
              .map(({ seq }) => seq),
          );
        const [before, after] = [history(...seen), history(...seen, ...strikes)];
        const [was, is] = [report(before), report(after)];
        const kept = admittedOf(before) === admittedOf(after);
        const failing = was.attacks[0]!.verdict !== 'fail' || is.attacks[0]!.verdict === 'fail';
        const broken = was.verdict !== 'BROKEN' || is.verdict === 'BROKEN';
        return kept && failing && broken;
      },
    ),
    { numRuns: 200 },
  );
});

t.test('what attempts are scheduled around leaves them as they were', async (t) => {
  const taken = window(0, [8000, 8500], { attack: 'E3', hop: hops[2]! });
  const { attacks } = report(history(taken, struck(5000, 7000)));
  t.equal(attacks[0]?.verdict, 'pass');
  t.equal(plan.load.peak <= 1, true);
});
