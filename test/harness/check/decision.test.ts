import t from 'tap';
import type { Decision, HistoryRecord, Waiver } from '../../../harness/model/index.ts';
import { attackOf, attempt, edgeLog, end, formOf, legit, phase, runOf, witness } from '../../support/history.ts';
import { checkTold as check, reportTold as buildReport } from '../../support/check.ts';

const decision = (at: string, allow: boolean, by: readonly string[]): Decision => ({
  at,
  enforcer: at === 'edge' ? 'envoy-edge' : 'envoy-mesh',
  allow,
  by,
});
const denied = [decision('edge', false, ['paths'])];
const allowed = [
  decision('edge', true, ['rules.own']),
  decision('storefront', true, ['calls.edge-storefront']),
  decision('orders', true, ['calls.storefront-orders']),
  decision('payments', false, ['calls.orders-payments']),
];
const history = (
  decisions: readonly Decision[],
  events: readonly HistoryRecord[],
  waivers: readonly Waiver[] = [],
): HistoryRecord[] => {
  const attack = attackOf({ corpus: true, required: 1, forms: [formOf({ evidence: 'decision', decisions })] });
  const run = runOf([attack], {});
  return [
    { ...run, policy: { ...run.policy, waivers }, stack: { ...run.stack, enforcers: ['envoy-edge', 'envoy-mesh'] } },
    phase('rest', 0, 5000),
    legit(0, 800),
    legit(1, 1200),
    ...events,
    end(),
  ];
};
const judged = (decisions: readonly Decision[], ...events: HistoryRecord[]): string => {
  const [finding] = check(history(decisions, events));
  const [one] = finding!.judged;
  return one!.reason === null ? one!.verdict : `${one!.verdict}: ${one!.reason}`;
};
const at = (...services: readonly string[]): HistoryRecord[] =>
  services.map((service) => witness(9, 1001, { service }));

t.test('what the policy denies is refused, or admitted wherever it was seen', async (t) => {
  t.equal(judged(denied, attempt(9, 1000, { status: 403 })), 'refused');
  t.equal(judged(denied, attempt(9, 1000, { status: 404 }), ...at('storefront')), 'admitted');
  t.equal(judged(denied, attempt(9, 1000, { status: 403 }), ...at('payments')), 'admitted');
  t.match(judged(denied, attempt(9, 1000, { status: 503 })), /^indeterminate: it was answered 503/);
  t.equal(judged(denied, attempt(9, 1000, { status: null, error: 'tls-alert:protocol-version' })), 'refused');
});

t.test('what the policy allows is served as far as it allows it, or withheld', async (t) => {
  const one = attempt(9, 1000, { status: 200 });
  t.equal(judged(allowed, one, ...at('storefront', 'orders')), 'served');
  t.equal(judged(allowed, one, ...at('storefront', 'orders', 'payments')), 'admitted', 'too far');
  t.equal(judged(allowed, one, ...at('storefront')), 'served', 'a service answered it itself');
  t.equal(judged(allowed, attempt(9, 1000, { status: 404 }), ...at('storefront')), 'served');
  t.equal(judged(allowed, attempt(9, 1000, { status: 403 }), ...at('storefront')), 'withheld', 'the hop refused it');
  t.equal(judged(allowed, attempt(9, 1000, { status: 403 })), 'withheld');
  t.equal(
    judged(allowed, attempt(9, 1000, { status: 301 })),
    'withheld',
    'the edge answered in the place of the service',
  );
  t.match(judged(allowed, attempt(9, 1000, { status: 429 })), /^indeterminate/);
  t.match(judged(allowed, attempt(9, 1000, { status: 503 })), /^indeterminate/);
  t.match(judged(allowed, attempt(9, 1000, { status: null, error: 'timeout' })), /^indeterminate/);
  const lonely = history(allowed, [attempt(9, 3000, { status: 403 })]);
  t.match(check(lonely)[0]!.judged[0]!.reason, /twin/, 'while the stack served nobody');
});

t.test('where an edge allows what the first hop denies, nobody sees it, and that is as it must be', async (t) => {
  const decisions = [decision('edge', true, ['rules.x']), decision('storefront', false, ['calls'])];
  t.equal(judged(decisions, attempt(9, 1000, { status: 403 })), 'refused');
  t.equal(judged(decisions, attempt(9, 1000, { status: 200 }), ...at('storefront')), 'admitted');
});

t.test('an incident shows the request and the decisions', async (t) => {
  const report = buildReport(history(denied, [attempt(9, 1000, { status: 404 }), ...at('storefront')]));
  t.match(report.attacks[0], {
    verdict: 'fail',
    admitted: 1,
    reason: '1 of 1 requests decided against the policy: 1 admitted, 0 withheld',
  });
  t.match(report.incidents[0]?.evidence[0]?.decisions, [
    { at: 'edge', enforcer: 'envoy-edge', policy: 'deny', by: ['paths'], did: 'allow' },
  ]);
});

t.test('a waiver explains a difference until its last day: shown, and not counted', async (t) => {
  const events = [attempt(9, 1000, { status: 404 }), ...at('storefront'), attempt(10, 1000, { status: 403 })];
  const waiver = { enforcer: 'envoy-edge', part: 'paths', reason: 'it normalises', expires: '2026-11-24' };
  const of = (one: Waiver): ReturnType<typeof buildReport> => buildReport(history(denied, events, [one]));
  const waived = of(waiver);
  t.match(waived.attacks[0], { verdict: 'pass', attempts: 1, admitted: 0, refused: 1 });
  t.same(waived.waivers, [{ ...waiver, inForce: true, explained: 1 }]);
  t.same(waived.incidents, []);
  const expired = of({ ...waiver, expires: '2026-11-23' });
  t.match(expired.attacks[0], { verdict: 'fail', attempts: 2, admitted: 1 });
  t.match(expired.waivers, [{ inForce: false, explained: 0 }]);
  t.equal(of({ ...waiver, part: 'tls' }).attacks[0]?.verdict, 'fail', 'of another part');
  t.same(of({ ...waiver, enforcer: 'nginx-edge' }).waivers, [], 'of an enforcer that is not here');
});

t.test('what the edge did is believed of a log that shows what it let in, whatever its words are', async (t) => {
  const one = attempt(9, 1000, { status: 403 });
  const log = (seq: number, of: 'legit' | 'attack', did: 'allow' | 'deny' | null, reason = ''): HistoryRecord =>
    edgeLog(of, seq, 1001, { status: 403, reason, did });
  const verdictOf = (decisions: readonly Decision[], ...events: HistoryRecord[]): string | undefined =>
    check(history(decisions, events))[0]?.judged[0]?.verdict;
  const speaking = log(0, 'legit', 'allow');
  t.equal(verdictOf(denied, one, speaking, log(9, 'attack', 'allow', 'no rule')), 'admitted');
  t.equal(verdictOf(denied, one, speaking, log(9, 'attack', 'deny', 'via_upstream')), 'refused');
  const both = [decision('edge', true, ['rules.own']), decision('storefront', false, ['calls'])];
  t.equal(verdictOf(both, one, speaking, log(9, 'attack', 'allow')), 'served', 'each as it should');
  t.equal(
    verdictOf(both, one, speaking, log(9, 'attack', 'deny')),
    'withheld',
    'the mesh would have refused it anyway',
  );
  t.equal(verdictOf(both, one, speaking, log(9, 'attack', null)), 'refused', 'a line that does not say');
  t.equal(
    verdictOf(both, one, log(0, 'legit', 'deny'), log(9, 'attack', 'deny')),
    'refused',
    'a log that does not say',
  );
});

t.test(
  "in an older history the words of the edge's own log tell what the first sidecar turned away from what the edge did",
  async (t) => {
    const rules = [{ id: 'own', who: 'authenticated' as const, methods: ['GET'], paths: ['/own'] }];
    const log = (seq: number, of: 'legit' | 'attack', reason: string, status = 403): HistoryRecord =>
      edgeLog(of, seq, 1001, { status, reason });
    const verdictOf = (decisions: readonly Decision[], ...events: HistoryRecord[]): string | undefined => {
      const [run, ...rest] = history(decisions, events);
      if (run?.type !== 'run') throw new Error('no run');
      return check([{ ...run, policy: { ...run.policy, rules } }, ...rest])[0]?.judged[0]?.verdict;
    };
    const one = attempt(9, 1000, { status: 403 });
    const speaking = log(0, 'legit', 'via_upstream', 200);
    t.equal(verdictOf(denied, one, speaking, log(9, 'attack', 'via_upstream')), 'admitted', 'masked by the mesh');
    t.equal(verdictOf(denied, one, speaking, log(9, 'attack', 'rbac_access_denied')), 'refused');
    t.equal(
      verdictOf(denied, one, speaking, log(9, 'attack', '- rules.own')),
      'admitted',
      'another edge says the rule',
    );
    t.equal(verdictOf(denied, one, speaking, log(9, 'attack', 'rules.own', 429)), 'refused', 'limited after the rule');
    const both = [decision('edge', true, ['rules.own']), decision('storefront', false, ['calls'])];
    t.equal(verdictOf(both, one, speaking, log(9, 'attack', 'via_upstream')), 'served', 'each as it should');
    t.equal(
      verdictOf(both, one, speaking, log(9, 'attack', 'no rule')),
      'withheld',
      'the mesh would have refused it anyway',
    );
    t.equal(verdictOf(both, one, log(9, 'attack', 'no rule')), 'refused', 'a log that does not say');
  },
);
